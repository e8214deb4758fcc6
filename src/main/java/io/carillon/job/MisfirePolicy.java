package io.carillon.job;

import java.time.Duration;

/**
 * What becomes of occurrences whose time passed while nothing could run them.
 *
 * @param threshold an occurrence no later than this is merely late and runs, whatever the policy
 * @param maxCatchUp how many missed occurrences {@code fire-all} makes good at most
 */
public record MisfirePolicy(OnMisfire policy, Duration threshold, int maxCatchUp) {

  public static final MisfirePolicy DEFAULT =
      new MisfirePolicy(OnMisfire.FIRE_ONCE, Duration.ofMinutes(1), 100);

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
