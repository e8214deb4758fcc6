package io.carillon.job;

import java.time.Duration;

/**
 * What becomes of occurrences whose time passed while nothing could run them.
 *
 * @param threshold an occurrence no later than this is merely late and runs, whatever the policy; a
 *     shorter one than {@link #LEAST_THRESHOLD} is read as that
 * @param maxCatchUp how many missed occurrences {@code fire-all} makes good at most
 */
public record MisfirePolicy(OnMisfire policy, Duration threshold, int maxCatchUp) {

  /**
   * Every claim takes some milliseconds: with a threshold of that size, a job that skips what it
   * missed would never run.
   */
  public static final Duration LEAST_THRESHOLD = Duration.ofSeconds(1);

  public static final MisfirePolicy DEFAULT =
      new MisfirePolicy(OnMisfire.FIRE_ONCE, Duration.ofMinutes(1), 100);

  public MisfirePolicy {
    threshold = threshold.compareTo(LEAST_THRESHOLD) < 0 ? LEAST_THRESHOLD : threshold;
  }

  /** Which of the missed occurrences run. */
  public enum OnMisfire implements Worded {
    /** The latest. */
    FIRE_ONCE,
    /** The oldest {@code maxCatchUp}, in order. */
    FIRE_ALL,
    /** None. */
    SKIP
  }
}
