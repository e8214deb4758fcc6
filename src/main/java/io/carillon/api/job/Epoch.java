package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.time.Instant;

/**
 * Instants of a job that must not lie before 1970, since the store counts them from there. Those of
 * a schedule may: they fix its phase, and never become due.
 */
final class Epoch {

  private Epoch() {}

  static void check(Instant instant, Pointer at, Violations found) {
    if (instant != null && instant.isBefore(Instant.EPOCH)) {
      found.addIfNew(Violation.ofValue(at, Codes.OUT_OF_RANGE, "must not lie before 1970"));
    }
  }
}
