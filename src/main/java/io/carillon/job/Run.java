package io.carillon.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One accepted (or skipped) occurrence of a job, or one run by hand.
 *
 * @param scheduledAt the nominal time, without jitter
 * @param startedAt when the first attempt began
 * @param reason why it ended as it did, in one word; absent when it simply succeeded
 * @param missed how many occurrences a skipped run stands for, itself included; otherwise 0
 * @param attempts oldest first; a running attempt is the last, without a duration
 */
public record Run(
    RunId id,
    Trigger trigger,
    RunState state,
    Instant scheduledAt,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<String> reason,
    int missed,
    List<Attempt> attempts) {

  public Run {
    attempts = List.copyOf(attempts);
  }

  /** How long after its scheduled time the first attempt began; empty before it has begun. */
  public Optional<Duration> lateness() {
    return startedAt.map(started -> Duration.between(scheduledAt, started));
  }
}
