package io.carillon.job;

import java.util.EnumSet;
import java.util.Set;

/** Where a run stands between its acceptance and its end. */
public enum RunState implements Worded {
  /** Accepted; waits for a slot of a limit. */
  QUEUED,
  /** Accepted; waits for a replica to take it. */
  READY,
  /** A replica delivers it. */
  RUNNING,
  /** The last attempt failed; waits for the next one. */
  RETRYING,
  /** Delivered; waits for the receiver to report how its work ended. */
  AWAITING_COMPLETION,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  SKIPPED;

  /** Whether nothing more happens to a run in this state, unless somebody redelivers it. */
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED || this == SKIPPED;
  }

  /** The states that a run may be in directly after this one; the only place that says so. */
  public Set<RunState> successors() {
    return switch (this) {
      case QUEUED -> EnumSet.of(READY, SKIPPED, CANCELLED);
      case READY -> EnumSet.of(RUNNING, CANCELLED);
      // Back to READY: its replica died, or handed it back.
      case RUNNING ->
          EnumSet.of(READY, RETRYING, AWAITING_COMPLETION, SUCCEEDED, FAILED, CANCELLED, SKIPPED);
      case RETRYING -> EnumSet.of(RUNNING, CANCELLED);
      case AWAITING_COMPLETION -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED);
      // Redelivered.
      case SUCCEEDED, FAILED, CANCELLED -> EnumSet.of(READY, QUEUED);
      case SKIPPED -> EnumSet.noneOf(RunState.class);
    };
  }
}
