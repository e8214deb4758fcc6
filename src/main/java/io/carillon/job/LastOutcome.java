package io.carillon.job;

/** How the run of a job that ended last ended, skipped ones not counted. */
public enum LastOutcome implements Worded {
  /** No run has ended. */
  NONE,
  SUCCEEDED,
  FAILED,
  CANCELLED
}
