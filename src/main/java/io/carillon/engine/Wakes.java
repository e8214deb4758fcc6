package io.carillon.engine;

import io.carillon.job.RunId;
import java.time.Instant;

/** Hands each hint to the loop that it concerns. */
public record Wakes(Election election, TimingEngine timing, Deliveries deliveries)
    implements Hints.Listener {

  @Override
  public void jobWritten(String jobId, Instant dueAt) {
    timing.jobWritten(jobId, dueAt);
  }

  @Override
  public void jobNotDue(String jobId) {
    timing.jobNotDue(jobId);
  }

  @Override
  public void runsReady() {
    deliveries.runsReady();
  }

  @Override
  public void runCancelled(RunId run) {
    deliveries.runCancelled(run);
  }

  @Override
  public void leaseReleased() {
    election.leaseReleased();
  }

  @Override
  public void settingsChanged() {
    timing.settingsChanged();
  }
}
