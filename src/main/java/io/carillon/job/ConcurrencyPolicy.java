package io.carillon.job;

/**
 * How many runs may be under way at a time, of one job or of the whole scheduler.
 *
 * @param limit from 1
 * @param onLimit what becomes of a run that finds no slot
 * @param maxQueue how many runs may wait; one more is skipped
 */
public record ConcurrencyPolicy(int limit, OnLimit onLimit, int maxQueue) {

  public static final int DEFAULT_MAX_QUEUE = 100;

  /** What becomes of a run that finds no slot. */
  public enum OnLimit implements Worded {
    SKIP,
    QUEUE
  }
}
