package io.carillon.schedule;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.util.random.RandomGenerator;

/**
 * Days and times of the day as a clock on a wall shows them, turned into instants.
 *
 * <p>The line of time is walked stretch by stretch ({@link ZoneLine}): within a stretch local time
 * and instant differ by a constant, so a search for an instant is a search for a local time. What a
 * {@link DstPolicy} adds or takes away lies at the edges of the stretches: of a repeated hour the
 * first pass ends one stretch and the second begins the other; the times of a gap, moved behind it,
 * begin one.
 */
final class WallClockOccurrences implements Occurrences {

  /**
   * Stretches to try before giving up: more than the history of any zone and 400 years of two
   * changes each have. A try fails only where a clock change swallows the local time found.
   */
  private static final int MOST_TRIES = 2_000;

  /** No clock change moves a local time by more than this (Apia left out a whole day). */
  private static final long TWO_DAYS = 2L * Civil.SECONDS_PER_DAY;

  private static final int NO_STRETCH = -1;

  private final LocalTimes times;
  private final ZoneLine line;
  private final Gap gap;
  private final Overlap overlap;

  WallClockOccurrences(LocalTimes times, ZoneLine line, Gap gap, Overlap overlap) {
    this.times = times;
    this.line = line;
    this.gap = gap;
    this.overlap = overlap;
  }

  @Override
  public long next(long after, RandomGenerator random) {
    long from = Math.floorDiv(after, 1000L) + 1;
    int stretch = line.at(from);
    for (int tries = 0; tries < MOST_TRIES && stretch != NO_STRETCH; tries++) {
      int offset = line.offset(stretch);
      long lower = Math.max(from, regularStart(stretch));
      long end = regularEnd(stretch);
      long found = firstMoved(stretch, from);
      long local = LocalTimes.NO_NEXT;
      if (lower < end) {
        local = times.atOrAfter(lower + offset);
        if (local != LocalTimes.NO_NEXT && local - offset < end) {
          found = Math.min(found, local - offset);
        }
      }
      if (found != NO_NEXT) {
        return found * 1000;
      }
      stretch = lower < end ? laterStretch(stretch, local) : stretch + 1;
    }
    return NO_NEXT;
  }

  @Override
  public long previous(long before) {
    long from = Math.floorDiv(before - 1, 1000L);
    int stretch = line.at(from);
    for (int tries = 0; tries < MOST_TRIES && stretch != NO_STRETCH; tries++) {
      int offset = line.offset(stretch);
      long upper = Math.min(from, regularEnd(stretch) - 1);
      long start = regularStart(stretch);
      long found = lastMoved(stretch, from);
      long local = LocalTimes.NO_PREVIOUS;
      if (upper >= start) {
        local = times.atOrBefore(upper + offset);
        if (local != LocalTimes.NO_PREVIOUS && local - offset >= start) {
          found = Math.max(found, local - offset);
        }
      }
      if (found != NO_PREVIOUS) {
        return found * 1000;
      }
      stretch = upper >= start ? earlierStretch(stretch, local) : stretch - 1;
    }
    return NO_PREVIOUS;
  }

  /**
   * {@inheritDoc}
   *
   * <p>By arithmetic within each stretch; only times moved out of a gap are counted one by one,
   * because one may fall on a regular one.
   */
  @Override
  public long count(long from, long to) {
    long lower = Math.floorDiv(from, 1000L) + 1;
    long upper = Math.floorDiv(to, 1000L) + 1;
    long count = 0;
    for (int stretch = line.at(lower); line.start(stretch) < upper; stretch++) {
      int offset = line.offset(stretch);
      long first = Math.max(lower, regularStart(stretch));
      long end = Math.min(upper, regularEnd(stretch));
      if (first < end) {
        count += times.count(first + offset, end + offset);
      }
      long moved = firstMoved(stretch, lower);
      while (moved != NO_NEXT && moved < upper) {
        if (times.atOrAfter(moved + offset) != moved + offset) {
          count++;
        }
        moved = firstMoved(stretch, moved + 1);
      }
    }
    return count;
  }

  /** The stretch to look in next, given that one holds nothing before a local time. */
  private int laterStretch(int stretch, long local) {
    // A clock put back shows again times that lie before the local time.
    if (line.shift(stretch + 1) < 0) {
      return stretch + 1;
    }
    if (local == LocalTimes.NO_NEXT) {
      return NO_STRETCH;
    }
    return Math.max(stretch + 1, line.at(local - line.offset(stretch) - TWO_DAYS));
  }

  /** The stretch to look in next, given that one holds nothing after a local time. */
  private int earlierStretch(int stretch, long local) {
    if (line.shift(stretch) < 0) {
      return stretch - 1;
    }
    if (local == LocalTimes.NO_PREVIOUS) {
      return NO_STRETCH;
    }
    return Math.min(stretch - 1, line.at(local - line.offset(stretch) + TWO_DAYS));
  }

  /** Where a stretch begins to count: after its repeated times where the first pass is wanted. */
  private long regularStart(int stretch) {
    long start = line.start(stretch);
    return overlap == Overlap.FIRST ? start + Math.max(0, -line.shift(stretch)) : start;
  }

  /** Where a stretch ceases to count: before the repeated times where the last pass is wanted. */
  private long regularEnd(int stretch) {
    long end = line.start(stretch + 1);
    return overlap == Overlap.LAST ? end - Math.max(0, -line.shift(stretch + 1)) : end;
  }

  /** The first instant, from the given one on, to which a time of the gap ahead has moved. */
  private long firstMoved(int stretch, long from) {
    int length = gapBefore(stretch);
    if (length == 0) {
      return NO_NEXT;
    }
    long start = line.start(stretch);
    if (from >= start + length) {
      return NO_NEXT;
    }
    int offset = line.offset(stretch - 1);
    long local = times.atOrAfter(Math.max(from, start) + offset);
    return local < start + length + offset ? local - offset : NO_NEXT;
  }

  /** The last instant, up to the given one, to which a time of the gap ahead has moved. */
  private long lastMoved(int stretch, long to) {
    int length = gapBefore(stretch);
    long start = line.start(stretch);
    if (length == 0 || to < start) {
      return NO_PREVIOUS;
    }
    int offset = line.offset(stretch - 1);
    long local = times.atOrBefore(Math.min(to, start + length - 1) + offset);
    return local >= start + offset ? local - offset : NO_PREVIOUS;
  }

  private int gapBefore(int stretch) {
    return gap == Gap.AFTER ? Math.max(0, line.shift(stretch)) : 0;
  }
}
