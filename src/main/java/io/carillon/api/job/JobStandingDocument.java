package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job that comes back from a copy brings along besides its definition: that it is paused.
 * All else that the server says of a job, it says anew.
 */
record JobStandingDocument(JobState state, PauseView pause) implements Document {

  /** The pause that lasts, if any: one whose end has passed meanwhile is over. */
  Optional<Pause> pauseAt(Instant now) {
    if (state != JobState.PAUSED) {
      return Optional.empty();
    }
    return Optional.of(pause == null ? new PauseView(null, null, null) : pause)
        .map(given -> given.toPause(now))
        .filter(lasting -> lasting.until().filter(until -> !until.isAfter(now)).isEmpty());
  }
}
