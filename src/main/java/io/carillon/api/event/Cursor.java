package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A place in the log from which reading goes on. */
final class Cursor {

  private final EventLog log;
  private final Optional<String> lostFrom;
  private String position;

  private Cursor(EventLog log, String position, Optional<String> lostFrom) {
    this.log = log;
    this.position = position;
    this.lostFrom = lostFrom;
  }

  /** Behind the newest event. */
  static Cursor atEnd(EventLog log) {
    return new Cursor(log, log.end(), Optional.empty());
  }

  /**
   * Behind an event that somebody has seen. A position from beyond the end, of another log or of
   * one that lost its newest events, is replaced by the end.
   */
  static Cursor after(EventLog log, String position) {
    String end = log.end();
    return log.before(end, position)
        ? new Cursor(log, end, Optional.of(position))
        : new Cursor(log, position, Optional.empty());
  }

  /** The position that was asked for, if it lies beyond the end of the log. */
  Optional<String> lostFrom() {
    return lostFrom;
  }

  /**
   * What was read.
   *
   * @param oldest the position of the first of the events, if others before it have been missed
   * @param events oldest first
   */
  record Page(Optional<String> oldest, List<LifecycleEvent> events) {}

  /** Reads on without moving. */
  Page read(int max, Duration wait) {
    List<LifecycleEvent> events = log.after(position, max, wait);
    Optional<String> oldest =
        events.stream()
            .findFirst()
            .map(LifecycleEvent::position)
            .filter(first -> !log.follows(position, first));
    return new Page(oldest, events);
  }

  void moveTo(String next) {
    position = next;
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
