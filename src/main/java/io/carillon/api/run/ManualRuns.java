package io.carillon.api.run;

import io.carillon.api.EntityTags;
import io.carillon.api.problem.Problems;
import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.JobStore;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.job.Job;
import io.carillon.job.ManualOccurrence;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Has jobs run by hand; what the limits or the job's absence refuse is a problem that is thrown.
 */
@Singleton
class ManualRuns {

  private final JobStore store;
  private final RunLedger ledger;
  private final InstantSource clock;
  private final RandomGenerator random;

  ManualRuns(JobStore store, RunLedger ledger, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
    this.random = random;
  }

  Run accept(ManualRun wanted) {
    return accept(wanted, draw(), ledger::accept)
        .orElseThrow(() -> new IllegalStateException("a claim lost where there was none"));
  }

  /** The same run for one idempotency key. */
  Making<Run> once(ManualRun wanted) {
    return new Making<>() {
      @Override
      public String draw() {
        return ManualRuns.this.draw().toString();
      }

      @Override
      public Optional<Run> make(Claim claim) {
        ManualOccurrence occurrence = ManualOccurrence.parse(claim.id());
        return accept(wanted, occurrence, run -> ledger.accept(run, claim));
      }

      @Override
      public Optional<Run> made(String key, String id) {
        return RunId.parse(id).flatMap(run -> ledger.acceptedUnder(key, run));
      }
    };
  }

  /** Empty when the claim of an idempotency key was lost. */
  private Optional<Run> accept(
      ManualRun wanted, ManualOccurrence occurrence, Function<ByHand, Acceptance> accept) {
    String id = wanted.jobId();
    Job job = store.find(id).orElseThrow(() -> Problems.absentJob(id));
    if (!wanted.precondition().holds(Optional.of(job))) {
      throw EntityTags.mismatch(id, wanted.precondition(), Optional.of(job.revision()));
    }
    RunId run = occurrence.of(id, job.incarnation());
    Acceptance acceptance =
        accept.apply(new ByHand(run, occurrence.requestedAt(), wanted.payload()));
    if (acceptance instanceof Acceptance.Refused refused) {
      throw Refusals.byLimit(refused);
    } else if (acceptance instanceof Acceptance.ClaimLost) {
      return Optional.empty();
    } else if (acceptance instanceof Acceptance.Accepted accepted) {
      return Optional.of(accepted.run());
    }
    throw Problems.absentJob(id);
  }

  private ManualOccurrence draw() {
    return new ManualOccurrence(
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX));
  }
}
