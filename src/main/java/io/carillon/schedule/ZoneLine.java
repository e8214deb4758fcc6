package io.carillon.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The line of time of one zone, cut at its clock changes into stretches of one offset each. Stretch
 * 0 has no beginning. A zone whose rules go on for ever repeats its stretches every 400 years, so
 * the table is finite and nothing is computed in a search.
 */
final class ZoneLine {

  /** Epoch second of a beginning before all time, far from overflow. */
  static final long START_OF_TIME = Long.MIN_VALUE / 4;

  /** Epoch second of an end after all time, far from overflow. */
  static final long END_OF_TIME = Long.MAX_VALUE / 4;

  private static final long CYCLE_SECONDS = Civil.DAYS_PER_CYCLE * Civil.SECONDS_PER_DAY;

  /** Zone rules never change while the JVM runs; there are some 600 names. */
  private static final ConcurrentMap<ZoneId, ZoneLine> KNOWN = new ConcurrentHashMap<>();

  private final long[] starts;
  private final int[] offsets;

  /** How many stretches at the end of the table repeat; 0: the last one has no end. */
  private final int repeating;

  private ZoneLine(long[] starts, int[] offsets, int repeating) {
    this.starts = starts;
    this.offsets = offsets;
    this.repeating = repeating;
  }

  static ZoneLine of(ZoneId zone) {
    return KNOWN.computeIfAbsent(zone, known -> cut(known.getRules()));
  }

  /** The stretch that contains an epoch second. */
  int at(long second) {
    int head = starts.length - repeating;
    if (repeating > 0 && second >= starts[head] + CYCLE_SECONDS) {
      long cycles = (second - starts[head]) / CYCLE_SECONDS;
      return search(second - cycles * CYCLE_SECONDS) + (int) cycles * repeating;
    }
    return search(second);
  }

  /** The epoch second at which a stretch begins, also the end of the one before. */
  long start(int stretch) {
    if (stretch < starts.length) {
      return starts[stretch];
    }
    if (repeating == 0) {
      return END_OF_TIME;
    }
    int cycles = (stretch - starts.length) / repeating + 1;
    return starts[stretch - cycles * repeating] + cycles * CYCLE_SECONDS;
  }

  /** Local time less UTC in seconds throughout a stretch. */
  int offset(int stretch) {
    if (stretch < offsets.length) {
      return offsets[stretch];
    }
    int cycles = (stretch - offsets.length) / repeating + 1;
    return offsets[stretch - cycles * repeating];
  }

  /** By how many seconds the clock is put forward (back: negative) as a stretch begins. */
  int shift(int stretch) {
    boolean exists = repeating > 0 || stretch < starts.length;
    return stretch == 0 || !exists ? 0 : offset(stretch) - offset(stretch - 1);
  }

  private int search(long second) {
    int index = Arrays.binarySearch(starts, second);
    return index >= 0 ? index : -index - 2;
  }

  private static ZoneLine cut(ZoneRules rules) {
    List<ZoneOffsetTransition> history = rules.getTransitions();
    List<ZoneOffsetTransitionRule> forEver = rules.getTransitionRules();
    int repeating = forEver.size() * 400;
    long[] starts = new long[1 + history.size() + repeating];
    int[] offsets = new int[starts.length];
    starts[0] = START_OF_TIME;
    offsets[0] =
        rules.getOffset(Instant.ofEpochSecond(START_OF_TIME / 1_000_000)).getTotalSeconds();
    int filled = 1;
    for (ZoneOffsetTransition transition : history) {
      starts[filled] = transition.toEpochSecond();
      offsets[filled++] = transition.getOffsetAfter().getTotalSeconds();
    }
    int year =
        history.isEmpty() ? 1970 : history.get(history.size() - 1).getDateTimeAfter().getYear();
    for (; filled < starts.length; year++) {
      for (ZoneOffsetTransitionRule rule : forEver) {
        ZoneOffsetTransition transition = rule.createTransition(year);
        if (filled < starts.length && transition.toEpochSecond() > starts[filled - 1]) {
          starts[filled] = transition.toEpochSecond();
          offsets[filled++] = transition.getOffsetAfter().getTotalSeconds();
        }
      }
    }
    return new ZoneLine(starts, offsets, repeating);
  }
}
