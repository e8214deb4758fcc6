package io.carillon.engine;

import io.carillon.job.Worded;

/** The orders in which jobs are listed. */
public enum JobSort implements Worded {
  ID("id"),
  /** Soonest first, then by id; jobs that have no next occurrence are left out. */
  NEXT_RUN_AT("nextRunAt");

  private final String word;

  JobSort(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
