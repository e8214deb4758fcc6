package io.carillon.schedule;

import java.util.Collection;

/** Days of each {@code every}th month, counted from the month that contains an anchor. */
final class EveryNthMonth implements Days {

  private final long anchorMonth;
  private final int every;

  /** The days that run in a month of 28, 29, 30 and 31 days; bit 1 is the first day. */
  private final long[] daysByLength = new long[4];

  EveryNthMonth(long anchorDay, int every, Collection<Integer> on) {
    this.anchorMonth = Civil.monthOf(anchorDay);
    this.every = every;
    for (int length = 28; length <= 31; length++) {
      for (int day : on) {
        int fromFirst = day > 0 ? day : length + 1 + day;
        if (fromFirst >= 1 && fromFirst <= length) {
          daysByLength[length - 28] |= 1L << fromFirst;
        }
      }
    }
  }

  @Override
  public long atOrAfter(long day) {
    long month = Civil.monthOf(day);
    long behind = Math.floorMod(anchorMonth - month, (long) every);
    int from = behind == 0 ? (int) (day - Civil.firstDayOf(month)) + 1 : 1;
    month += behind;
    for (int i = 0; i <= Civil.MONTHS_PER_CYCLE && month < Civil.END_MONTH; i++) {
      int found = Bits.next(daysOf(month), from);
      if (found != Bits.NO_NEXT) {
        return Civil.firstDayOf(month) + found - 1;
      }
      month += every;
      from = 1;
    }
    return NO_NEXT;
  }

  @Override
  public long atOrBefore(long day) {
    long month = Civil.monthOf(day);
    long ahead = Math.floorMod(month - anchorMonth, (long) every);
    int from = ahead == 0 ? (int) (day - Civil.firstDayOf(month)) + 1 : 31;
    month -= ahead;
    for (int i = 0; i <= Civil.MONTHS_PER_CYCLE && month >= Civil.START_MONTH; i++) {
      int found = Bits.previous(daysOf(month), from);
      if (found != Bits.NO_PREVIOUS) {
        return Civil.firstDayOf(month) + found - 1;
      }
      month -= every;
      from = 31;
    }
    return NO_PREVIOUS;
  }

  @Override
  public long count(long from, long to) {
    long count = 0;
    long month = Civil.monthOf(from);
    month += Math.floorMod(anchorMonth - month, (long) every);
    for (; Civil.firstDayOf(month) < to; month += every) {
      long first = Civil.firstDayOf(month);
      int lower = (int) Math.max(from - first + 1, 1);
      int upper = (int) Math.min(to - first + 1, 32);
      count += Bits.countBelow(daysOf(month), upper) - Bits.countBelow(daysOf(month), lower);
    }
    return count;
  }

  private long daysOf(long month) {
    return daysByLength[Civil.lengthOf(month) - 28];
  }
}
