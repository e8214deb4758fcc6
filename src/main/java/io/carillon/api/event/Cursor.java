package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place in the log from which reading goes on. */
final class Cursor {

  private final EventLog log;
  private String position;
  private boolean mayHaveLost;

  private Cursor(EventLog log, String position, boolean mayHaveLost) {
    this.log = log;
    this.position = position;
    this.mayHaveLost = mayHaveLost;
  }

  /** Behind the newest event. In a log that has none yet, the first one is not a sign of loss. */
  static Cursor atEnd(EventLog log) {
    boolean mayHaveLost = log.oldest().isPresent();
    return new Cursor(log, log.end(), mayHaveLost);
  }

  /**
   * Behind an event that somebody has seen. A position from beyond the end, which a log that lost
   * its newest events leaves behind, is taken for the end.
   */
  static Cursor after(EventLog log, String position) {
    String end = log.end();
    return new Cursor(log, log.before(end, position) ? end : position, true);
  }

  /**
   * What was read.
   *
   * @param oldest the position of the oldest event kept, if events before it may have been missed
   * @param events oldest first
   */
  record Page(Optional<String> oldest, List<LifecycleEvent> events) {}

  /** Reads on without moving. */
  Page read(int max, Duration wait) {
    List<LifecycleEvent> events = log.after(position, max, wait);
    // Asked after reading: what is forgotten in between is noticed here at the latest.
    Optional<String> oldest =
        events.isEmpty() || !mayHaveLost
            ? Optional.empty()
            : log.oldest().filter(kept -> log.before(position, kept));
    return new Page(oldest, events);
  }

  void moveTo(String next) {
    position = next;
    mayHaveLost = true;
  }

  String position() {
    return position;
  }

  boolean isAt(Cursor other) {
    return position.equals(other.position);
  }

  boolean isBefore(Cursor other) {
    return isBefore(other.position);
  }

  boolean isBefore(String other) {
    return log.before(position, other);
  }
}
