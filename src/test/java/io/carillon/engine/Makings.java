package io.carillon.engine;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.ManualOccurrence;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.util.Optional;
import java.util.function.Supplier;

/** What requests with an idempotency key make, without HTTP around it. */
public final class Makings {

  /** A request that is refused for what it asks. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(Object why) {
      super(why.toString());
    }
  }

  private Makings() {}

  /**
   * @param ids gives another id each time
   */
  public static Making<Job> ofJob(
      Jobs jobs, JobStore store, Definition definition, Supplier<String> ids) {
    return new Making<>() {
      @Override
      public String draw() {
        return ids.get();
      }

      @Override
      public Optional<Job> make(Claim claim) {
        Changed changed = jobs.create(definition, claim);
        if (changed instanceof Changed.Created created) {
          return Optional.of(created.job());
        } else if (changed instanceof Changed.ClaimLost) {
          return Optional.empty();
        }
        throw new Refused(changed);
      }

      @Override
      public Optional<Job> made(String key, String id) {
        return store.createdUnder(key, id);
      }
    };
  }

  /**
   * @param occurrences gives another one each time
   */
  public static Making<Run> ofRun(
      JobStore store, RunLedger runs, String jobId, Supplier<ManualOccurrence> occurrences) {
    return new Making<>() {
      @Override
      public String draw() {
        return occurrences.get().toString();
      }

      @Override
      public Optional<Run> make(Claim claim) {
        Job job = store.find(jobId).orElseThrow(() -> new Refused("no job " + jobId));
        ManualOccurrence occurrence = ManualOccurrence.parse(claim.id());
        RunId id = occurrence.of(jobId, job.incarnation());
        Acceptance acceptance =
            runs.accept(new ByHand(id, occurrence.requestedAt(), Optional.empty()), claim);
        if (acceptance instanceof Acceptance.Accepted accepted) {
          return Optional.of(accepted.run());
        } else if (acceptance instanceof Acceptance.ClaimLost) {
          return Optional.empty();
        }
        throw new Refused(acceptance);
      }

      @Override
      public Optional<Run> made(String key, String id) {
        return RunId.parse(id).flatMap(run -> runs.acceptedUnder(key, run));
      }
    };
  }
}
