package io.carillon.engine;

import io.carillon.job.RunId;
import java.time.Instant;

/**
 * Whispers between replicas that something may be worth a look now rather than at the next round.
 * They may be lost, late or repeated: whoever relies on one is wrong.
 */
public interface Hints {

  /** Has every whisper told to {@code listener}, on a thread that must not be held up. */
  void subscribe(Listener listener);

  /** Who wants to know; whoever is interested in one whisper leaves the others as they are. */
  interface Listener {
    /** A job was written, and may be due sooner than thought. */
    default void jobWritten(String jobId, Instant dueAt) {}

    /** A job was written or deleted that is not due at all. */
    default void jobNotDue(String jobId) {}

    /** Runs have become ready. */
    default void runsReady() {}

    /** A run was cancelled that somebody delivers. */
    default void runCancelled(RunId run) {}

    /** The lease was given up. */
    default void leaseReleased() {}

    /** The scheduler's settings were changed. */
    default void settingsChanged() {}
  }
}
