package io.carillon.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One try to deliver a run's webhook.
 *
 * @param number from 1; a try that died with its replica counts too
 * @param at when it began
 * @param duration how long it took, local queueing included; empty while it is under way
 * @param status the HTTP status of the answer, if one came
 * @param error why it did not succeed, in one word such as {@code timeout} or {@code http-500}
 * @param nextAttemptAt when the next try is due, if there is to be one
 */
public record Attempt(
    int number,
    Instant at,
    Optional<Duration> duration,
    Optional<Integer> status,
    Optional<String> error,
    Optional<Instant> nextAttemptAt) {

  /** An attempt that has begun and of which nothing more is known. */
  public static Attempt begun(int number, Instant at) {
    return new Attempt(
        number, at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
