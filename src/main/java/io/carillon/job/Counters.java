package io.carillon.job;

/**
 * What has become of a job's runs since its creation; per run, not per attempt, runs by hand
 * included.
 *
 * @param started runs whose first attempt began
 * @param skipped occurrences that did not run
 */
public record Counters(long started, long succeeded, long failed, long skipped) {
  public static final Counters NONE = new Counters(0, 0, 0, 0);
}
