package io.carillon.api.run;

import io.carillon.api.problem.ProblemKind;
import io.carillon.engine.RunLedger.Acceptance;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** Why no run was accepted. */
final class Refusals {

  private Refusals() {}

  static HttpProblem byLimit(Acceptance.Refused refused) {
    return ProblemKind.CONFLICT.problem("No run was accepted: " + refused.reason() + ".");
  }
}
