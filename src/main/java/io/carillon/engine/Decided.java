package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult.HandedOff;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Trigger;
import java.util.Optional;

/** A claim with the entry that it was decided for. */
record Decided(Entry entry, Claim claim) {

  boolean runs() {
    return claim.kind() == Claim.Kind.FIRE || claim.kind() == Claim.Kind.CATCH_UP;
  }

  /**
   * The run that was handed off for it; accepted at the entry's revision, it has its definition.
   */
  TakenRun handedOff(HandedOff run, String token) {
    return new TakenRun(
        run.run(),
        token,
        claim.kind() == Claim.Kind.CATCH_UP ? Trigger.CATCH_UP : Trigger.SCHEDULE,
        claim.occurrence(),
        1,
        0,
        run.at(),
        run.at(),
        entry.job().definition(),
        Optional.empty(),
        run.reportToken());
  }
}
