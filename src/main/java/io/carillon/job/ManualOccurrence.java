package io.carillon.job;

import java.time.Instant;

/**
 * What tells a run by hand from the other runs of its job: {@code m}, the instant of its request in
 * epoch milliseconds, and digits and lower-case letters drawn by chance, so that two requests in
 * one millisecond are two runs.
 */
public record ManualOccurrence(Instant requestedAt, String drawn) {

  private static final char MARK = 'm';
  private static final char BEFORE_DRAWN = '-';

  /** Reads back what {@link #toString} wrote. */
  public static ManualOccurrence parse(String text) {
    int drawn = text.indexOf(BEFORE_DRAWN) + 1;
    Instant requestedAt = Instant.ofEpochMilli(Long.parseLong(text.substring(1, drawn - 1)));
    return new ManualOccurrence(requestedAt, text.substring(drawn));
  }

  /** The name of the run of one job. */
  public RunId of(String jobId, String incarnation) {
    return new RunId(jobId, incarnation, toString());
  }

  @Override
  public String toString() {
    return MARK + Long.toString(requestedAt.toEpochMilli()) + BEFORE_DRAWN + drawn;
  }
}
