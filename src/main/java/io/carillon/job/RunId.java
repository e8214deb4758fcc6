package io.carillon.job;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one name of a run for ever, on every retry, replica and recovery: {@code
 * <job>_<incarnation>_<occurrence>}. The occurrence is the scheduled time in epoch milliseconds; a run
 * by hand has {@code m}, the instant of its request and a random tail instead, so that two requests in
 * one millisecond are two runs.
 *
 * @param jobId the job's id; it has no underscore, so the name can be read back
 * @param incarnation which creation of a job with that id
 * @param occurrence what tells the runs of one incarnation apart
 */
public record RunId(String jobId, String incarnation, String occurrence) {

  private static final Pattern SHAPE =
      Pattern.compile("([a-z0-9-]{1,63})_([a-z0-9]{1,13})_([a-z0-9-]{1,40})");

  public static RunId ofOccurrence(String jobId, String incarnation, Instant scheduledAt) {
    return new RunId(jobId, incarnation, Long.toString(scheduledAt.toEpochMilli()));
  }

  /**
   * The name of a run by hand.
   *
   * @param drawn random digits and lower-case letters
   */
  public static RunId byHand(String jobId, String incarnation, Instant requestedAt, String drawn) {
    return new RunId(jobId, incarnation, "m" + requestedAt.toEpochMilli() + "-" + drawn);
  }

  /** Reads a name back; empty when it is none. */
  public static Optional<RunId> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(new RunId(matcher.group(1), matcher.group(2), matcher.group(3)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return jobId + '_' + incarnation + '_' + occurrence;
  }
}
