package io.carillon.simulation;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param trace the moves that led to it, as far as they were written down
 */
record Violation(long seed, Promise promise, String how, List<String> trace) {

  /** What is promised. */
  enum Promise {
    ONE_NAME,
    ONE_PER_KEY,
    RUN_ONCE,
    NEVER_EARLY,
    ONLY_THE_LEADER,
    LIMIT,
    NO_IDLE_SLOT,
    CHANGES_HOLD,
    NOTHING_LEFT_OUT,
    OWNERS_OUTCOME,
    CONSISTENCY,
    ENDS_WELL,
    NO_FAILURE
  }

  @Override
  public String toString() {
    return "%s broken by seed %d, to be seen with -Dcarillon.simulation=%d: %s%n%s"
        .formatted(promise, seed, seed, how, String.join(System.lineSeparator(), trace));
  }
}
