package io.carillon.process;

import java.time.Instant;

/** One occurrence of one job; in the order of their times. */
public record Occurrence(String jobId, Instant scheduledAt) implements Comparable<Occurrence> {
  @Override
  public int compareTo(Occurrence other) {
    int byTime = scheduledAt.compareTo(other.scheduledAt);
    return byTime != 0 ? byTime : jobId.compareTo(other.jobId);
  }
}
