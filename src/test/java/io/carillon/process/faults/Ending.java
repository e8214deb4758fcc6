package io.carillon.process.faults;

import io.carillon.job.RunId;
import io.carillon.process.Occurrence;
import java.time.Instant;

/** The event that a run has succeeded. */
record Ending(RunId run, Instant at) {

  Occurrence occurrence() {
    return new Occurrence(run.jobId(), Instant.ofEpochMilli(Long.parseLong(run.occurrence())));
  }
}
