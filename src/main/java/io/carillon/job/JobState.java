package io.carillon.job;

/** Whether a job's schedule is at work. */
public enum JobState implements Worded {
  /** Its occurrences are timed. */
  ACTIVE,
  /** Its occurrences do not happen until it is resumed; accepted runs go on. */
  PAUSED,
  /** No occurrence is left; it can still be run by hand. */
  COMPLETED
}
