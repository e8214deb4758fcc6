package io.carillon.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed attempt is tried again: exponential back-off with jitter.
 *
 * @param maxAttempts how often a run is tried at most, from 1
 * @param initialDelay between the first attempt's end and the second
 * @param multiplier by which each further delay grows, from 1
 * @param maxDelay no delay grows beyond it
 * @param jitter the share of a delay, 0 to 1, by which chance lengthens or shortens it, within
 *     {@code maxDelay}
 */
public record RetryPolicy(
    int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofSeconds(5), 3.0, Duration.ofHours(1), 0.2);

  /** Whether another attempt is allowed after so many that were used up. */
  public boolean allowsAfter(int attempts) {
    return attempts < maxAttempts;
  }

  /**
   * How long to wait after the given attempt.
   *
   * @param attempt the attempt that failed, from 1
   * @return at most {@code maxDelay}; where the jitter would lengthen it beyond, the delay is drawn
   *     from what remains of its range, so that the longest delays differ as well
   */
  public Duration delayAfter(int attempt, RandomGenerator random) {
    double exponential = initialDelay.toMillis() * Math.pow(multiplier, attempt - 1.0);
    double capped = Math.min(exponential, maxDelay.toMillis());
    double shortest = capped * (1 - jitter);
    double longest = Math.min(capped * (1 + jitter), maxDelay.toMillis());
    return Duration.ofMillis(Math.round(shortest + (longest - shortest) * random.nextDouble()));
  }
}
