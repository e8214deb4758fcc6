package io.carillon.redis;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an event stands in the stream, written as the id of a stream's entry.
 *
 * @param millis when it was told, in ms since the epoch; no less than that of the event before
 * @param count which event it is of all that ever were
 */
record EventPosition(long millis, long count) implements Comparable<EventPosition> {

  private static final Pattern FORM = Pattern.compile("(\\d{1,19})-(\\d{1,19})");

  private static final Comparator<EventPosition> ORDER =
      Comparator.comparingLong(EventPosition::millis).thenComparingLong(EventPosition::count);

  static Optional<EventPosition> parse(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EventPosition(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** The position of an event told by the same script, so many before. */
  EventPosition back(long events) {
    return new EventPosition(millis, count - events);
  }

  @Override
  public int compareTo(EventPosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return millis + "-" + count;
  }
}
