package io.carillon.api.job;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.IdempotentRequests.Making;
import io.carillon.engine.JobStore;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Job;
import java.util.Optional;

/** Makes a job to which the server gives the id, once. */
record IdempotentCreation(Jobs jobs, JobStore store, NewJobIds newIds, Draft draft)
    implements Making<Job> {

  @Override
  public String draw() {
    return newIds.next();
  }

  @Override
  public Optional<Job> make(Claim claim) {
    Changed changed = jobs.create(draft.on(Optional.empty()), claim);
    return changed instanceof Changed.ClaimLost
        ? Optional.empty()
        : Optional.of(Outcomes.job(changed, claim.id()));
  }

  @Override
  public Optional<Job> made(String key, String id) {
    return store.createdUnder(key, id);
  }
}
