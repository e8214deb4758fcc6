package io.carillon.job;

import java.time.Instant;
import java.util.Optional;

/**
 * The one name of a run for ever, on every retry, replica and recovery: {@code
 * <job>_<incarnation>_<occurrence>}. The occurrence is the scheduled time in epoch milliseconds; a
 * run by hand has a {@link ManualOccurrence} instead.
 *
 * @param jobId the job's id; it has no underscore, so the name can be read back
 * @param incarnation which creation of a job with that id
 * @param occurrence what tells the runs of one incarnation apart
 */
public record RunId(String jobId, String incarnation, String occurrence) {

  private static final int MOST_CHARACTERS = 128;

  public static RunId ofOccurrence(String jobId, String incarnation, Instant scheduledAt) {
    return new RunId(jobId, incarnation, Long.toString(scheduledAt.toEpochMilli()));
  }

  /**
   * The name of a run by hand.
   *
   * @param drawn random digits and lower-case letters
   */
  public static RunId byHand(String jobId, String incarnation, Instant requestedAt, String drawn) {
    return new ManualOccurrence(requestedAt, drawn).of(jobId, incarnation);
  }

  /** Reads a name back; empty when it is none. */
  public static Optional<RunId> parse(String text) {
    int first = text.indexOf('_');
    int second = text.indexOf('_', first + 1);
    boolean threeParts = first > 0 && second > first + 1 && second < text.length() - 1;
    if (!threeParts || text.length() > MOST_CHARACTERS || !isSpeltRight(text, first, second)) {
      return Optional.empty();
    }
    return Optional.of(
        new RunId(
            text.substring(0, first),
            text.substring(first + 1, second),
            text.substring(second + 1)));
  }

  /**
   * Digits, lower-case letters and hyphens between the two underscores; looked at for every run.
   */
  private static boolean isSpeltRight(String text, int first, int second) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
      if (!allowed && i != first && i != second) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return jobId + '_' + incarnation + '_' + occurrence;
  }
}
