package io.carillon.job;

/**
 * Why something became of a run, or why an attempt failed: all words that Carillon itself gives.
 * Besides them there are those of answers, {@link #ofStatus}, and what receivers and callers say in
 * texts of their own.
 */
public enum Reason implements Worded {
  // Occurrences that do not run.
  /** The job's limit was reached. */
  OVERLAP,
  /** The scheduler's limit was reached. */
  LIMIT,
  /** No place was left to wait: at a limit, or for a connection to the receiver. */
  QUEUE_FULL,
  /** Missed, and its policy leaves it out. */
  MISFIRE,
  /** It fell into a pause, and its policy leaves it out. */
  PAUSED,
  /** Its guard did not let it through. */
  GUARD,

  // Runs that end.
  /** The receiver answered that it is gone for good; it pauses the job too. */
  GONE,
  /** No report of the completion came in time. */
  COMPLETION_TIMEOUT,
  /**
   * The replica that delivered it died, once as an attempt's error, too often as a run's reason.
   */
  CRASHED,
  CANCELLED,
  /** Its job was deleted. */
  DELETED,

  // Attempts without an answer.
  /** The target's time was up. */
  TIMEOUT,
  /** No connection: refused, unreachable, or not within the time for connecting. */
  CONNECT,
  /** The host's name has no address. */
  DNS,
  /** No trusted, encrypted connection. */
  TLS,
  /** The connection broke before the head of an answer came. */
  RESET,
  /** What came was not HTTP. */
  PROTOCOL,
  /** No request can be made of the job's target. */
  UNSENDABLE,
  /** A fault of ours prevented it. */
  UNSENT;

  private static final int STATUS_GONE = 410;

  /** The word of an answer that is no success: {@code gone} or {@code http-<status>}. */
  public static String ofStatus(int status) {
    return status == STATUS_GONE ? GONE.word() : "http-" + status;
  }

  /** Whether an answer says that the receiver is gone for good. */
  public static boolean isGone(int status) {
    return status == STATUS_GONE;
  }
}
