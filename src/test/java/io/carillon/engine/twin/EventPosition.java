package io.carillon.engine.twin;

import io.carillon.job.LifecycleEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in the stream of events: the ms in which the event happened, and which event it is. */
record EventPosition(long millis, long count) implements Comparable<EventPosition> {

  static final EventPosition BEFORE_ALL = new EventPosition(0, 0);

  private static final Pattern SHAPE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /** The place after all others; time may stand still or go back, positions do not. */
  static EventPosition next(List<LifecycleEvent> events, Instant now) {
    EventPosition last = last(events);
    return new EventPosition(Math.max(now.toEpochMilli(), last.millis), last.count + 1);
  }

  static EventPosition last(List<LifecycleEvent> events) {
    return events.isEmpty()
        ? BEFORE_ALL
        : parse(events.get(events.size() - 1).position()).orElseThrow();
  }

  static Optional<EventPosition> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EventPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public int compareTo(EventPosition other) {
    return Comparator.comparingLong(EventPosition::millis)
        .thenComparingLong(EventPosition::count)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return millis + "-" + count;
  }
}
