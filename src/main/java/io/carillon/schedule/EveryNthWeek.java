package io.carillon.schedule;

import java.time.DayOfWeek;
import java.util.Collection;

/**
 * Days of each {@code every}th week, counted from the week that contains an anchor in both
 * directions.
 *
 * @param firstDay the day on which the anchor's week begins
 * @param daysOfWeek bit 0 is that first day, bit 6 the last
 */
record EveryNthWeek(long firstDay, int every, long daysOfWeek) implements Days {

  static EveryNthWeek containing(
      long anchor, int every, DayOfWeek weekStart, Collection<DayOfWeek> on) {
    long intoWeek = Math.floorMod(Civil.weekdayOf(anchor) - weekStart.getValue(), 7);
    long days = 0;
    for (DayOfWeek day : on) {
      days |= 1L << Math.floorMod(day.getValue() - weekStart.getValue(), 7);
    }
    return new EveryNthWeek(anchor - intoWeek, every, days);
  }

  @Override
  public long atOrAfter(long day) {
    long week = weekAtOrBefore(day);
    int inWeek = day - week < 7 ? Bits.next(daysOfWeek, (int) (day - week)) : Bits.NO_NEXT;
    return inWeek == Bits.NO_NEXT ? week + stride() + Bits.next(daysOfWeek, 0) : week + inWeek;
  }

  @Override
  public long atOrBefore(long day) {
    long week = weekAtOrBefore(day);
    int inWeek = Bits.previous(daysOfWeek, (int) Math.min(day - week, 6));
    return inWeek == Bits.NO_PREVIOUS
        ? week - stride() + Bits.previous(daysOfWeek, 6)
        : week + inWeek;
  }

  @Override
  public long count(long from, long to) {
    return countBefore(to) - countBefore(from);
  }

  /** Relative to the anchor's week, so negative before it. */
  private long countBefore(long day) {
    long week = weekAtOrBefore(day);
    return (week - firstDay) / stride() * Long.bitCount(daysOfWeek)
        + Bits.countBelow(daysOfWeek, (int) Math.min(day - week, 7));
  }

  private long weekAtOrBefore(long day) {
    return day - Math.floorMod(day - firstDay, stride());
  }

  private long stride() {
    return every * 7L;
  }
}
