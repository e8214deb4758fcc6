package io.carillon.engine;

import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The lifecycle events of all jobs, in the order in which they happened; the oldest are forgotten.
 */
public interface EventLog {

  /** The position of the newest event, or the position before the first one. */
  String end();

  /** The position of the oldest event kept; empty when there is none. */
  Optional<String> oldest();

  /** Whether the text is a position, such as {@link LifecycleEvent#position} gives. */
  boolean isPosition(String text);

  /** Whether the first position lies before the second. */
  boolean before(String position, String other);

  /**
   * Whether no event was ever told between the first position and the second, that of an event. It
   * is false for positions of another log, and of events that the log lost.
   */
  boolean follows(String position, String next);

  /**
   * Events after a position, oldest first.
   *
   * @param wait how long to wait for one when there is none yet; zero for not at all
   */
  List<LifecycleEvent> after(String position, int max, Duration wait);
}
