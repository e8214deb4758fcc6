package io.carillon.engine.twin;

import io.carillon.job.Run;
import io.carillon.job.Trigger;
import java.util.Optional;

/**
 * A run in the history.
 *
 * @param entry what it was while it was active
 */
record Past(Run run, RunEntry entry) {

  /** Whether it stands for occurrences that did not happen. */
  boolean isSkip() {
    return run.missed() > 0;
  }

  /** What it would say again; an occurrence says nothing of its own. */
  Optional<String> payload() {
    boolean mayHaveOne = entry.trigger == Trigger.MANUAL || entry.trigger == Trigger.EVENT;
    return mayHaveOne && !isSkip() ? entry.payload : Optional.empty();
  }

  /** As it is written down. */
  @Override
  public String toString() {
    return run + payload().map(" saying "::concat).orElse("");
  }
}
