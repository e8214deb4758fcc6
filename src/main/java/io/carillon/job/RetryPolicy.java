package io.carillon.job;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a failed attempt is tried again: exponential back-off with jitter. A delay that nobody gave
 * follows from the one that was given, so that the longest is never shorter than the first.
 *
 * @param maxAttempts how often a run is tried at most, from 1
 * @param givenInitialDelay between the first attempt's end and the second; empty: 5 seconds, or
 *     {@code maxDelay} if that is shorter
 * @param multiplier by which each further delay grows, from 1
 * @param givenMaxDelay no delay grows beyond it; empty: an hour, or {@code initialDelay} if that is
 *     longer
 * @param jitter the share of a delay, 0 to 1, by which chance lengthens or shortens it, within
 *     {@code maxDelay}
 */
public record RetryPolicy(
    int maxAttempts,
    Optional<Duration> givenInitialDelay,
    double multiplier,
    Optional<Duration> givenMaxDelay,
    double jitter) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Optional.empty(), 3.0, Optional.empty(), 0.2);

  private static final Duration USUAL_INITIAL_DELAY = Duration.ofSeconds(5);
  private static final Duration USUAL_MAX_DELAY = Duration.ofHours(1);

  /** A policy with both of its delays given. */
  public RetryPolicy(
      int maxAttempts, Duration initialDelay, double multiplier, Duration maxDelay, double jitter) {
    this(maxAttempts, Optional.of(initialDelay), multiplier, Optional.of(maxDelay), jitter);
  }

  /** Between the first attempt's end and the second. */
  public Duration initialDelay() {
    return givenInitialDelay.orElseGet(
        () ->
            givenMaxDelay
                .filter(most -> most.compareTo(USUAL_INITIAL_DELAY) < 0)
                .orElse(USUAL_INITIAL_DELAY));
  }

  /** No delay grows beyond it. */
  public Duration maxDelay() {
    return givenMaxDelay.orElseGet(
        () ->
            givenInitialDelay
                .filter(first -> first.compareTo(USUAL_MAX_DELAY) > 0)
                .orElse(USUAL_MAX_DELAY));
  }

  /**
   * This policy in the place of another: what that one leaves to follow, and this one names as just
   * what follows, is left to follow. Whoever sends back what he was shown has given nothing new.
   */
  public RetryPolicy inPlaceOf(RetryPolicy former) {
    RetryPolicy policy = this;
    if (former.givenMaxDelay.isEmpty()) {
      policy = policy.orSame(policy.with(policy.givenInitialDelay, Optional.empty()));
    }
    if (former.givenInitialDelay.isEmpty()) {
      policy = policy.orSame(policy.with(Optional.empty(), policy.givenMaxDelay));
    }
    return policy;
  }

  private RetryPolicy with(Optional<Duration> initialDelay, Optional<Duration> maxDelay) {
    return new RetryPolicy(maxAttempts, initialDelay, multiplier, maxDelay, jitter);
  }

  /** The other policy, if it delays as this one does. */
  private RetryPolicy orSame(RetryPolicy other) {
    return other.initialDelay().equals(initialDelay()) && other.maxDelay().equals(maxDelay())
        ? other
        : this;
  }

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
    long most = maxDelay().toMillis();
    double exponential = initialDelay().toMillis() * Math.pow(multiplier, attempt - 1.0);
    double capped = Math.min(exponential, most);
    double shortest = capped * (1 - jitter);
    double longest = Math.min(capped * (1 + jitter), most);
    return Duration.ofMillis(Math.round(shortest + (longest - shortest) * random.nextDouble()));
  }
}
