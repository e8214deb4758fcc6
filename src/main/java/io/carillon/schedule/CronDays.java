package io.carillon.schedule;

import java.util.BitSet;

/**
 * The days of a cron expression. There are 28 kinds of month (four lengths, seven first weekdays)
 * and 14 kinds of year; what runs in each is worked out once, so a search looks neither at single
 * days nor into years in vain.
 */
final class CronDays implements Days {

  private static final int LEAST_LENGTH = 28;

  private static final BitSet ALL_YEARS = allYears();

  private final long months;
  private final BitSet years;
  private final long[] daysByKind = new long[28];

  /** The kinds of year in which anything runs, as bits. */
  private final long fruitfulYears;

  CronDays(CronFields fields) {
    months = fields.month().bits();
    years = fields.year().map(CronField::values).orElse(ALL_YEARS);
    for (int kind = 0; kind < daysByKind.length; kind++) {
      daysByKind[kind] = fields.daysOf(LEAST_LENGTH + kind / 7, kind % 7);
    }
    long fruitful = 0;
    // These 28 years, with no century among them, show every kind of year.
    for (long year = 2001; year < 2029; year++) {
      if (bearsFruit(year)) {
        fruitful |= 1L << kindOfYear(year);
      }
    }
    fruitfulYears = fruitful;
  }

  @Override
  public long atOrAfter(long day) {
    long current = Civil.monthOf(day);
    int dayOfMonth = (int) (day - Civil.firstDayOf(current)) + 1;
    for (long month = monthAtOrAfter(current);
        month != NO_NEXT;
        month = monthAtOrAfter(month + 1)) {
      int found = Bits.next(daysOf(month), month == current ? dayOfMonth : 1);
      if (found != Bits.NO_NEXT) {
        return Civil.firstDayOf(month) + found - 1;
      }
    }
    return NO_NEXT;
  }

  @Override
  public long atOrBefore(long day) {
    long current = Civil.monthOf(day);
    int dayOfMonth = (int) (day - Civil.firstDayOf(current)) + 1;
    for (long month = monthAtOrBefore(current);
        month != NO_PREVIOUS;
        month = monthAtOrBefore(month - 1)) {
      int found = Bits.previous(daysOf(month), month == current ? dayOfMonth : 31);
      if (found != Bits.NO_PREVIOUS) {
        return Civil.firstDayOf(month) + found - 1;
      }
    }
    return NO_PREVIOUS;
  }

  @Override
  public long count(long from, long to) {
    long count = 0;
    long month = monthAtOrAfter(Civil.monthOf(from));
    while (month != NO_NEXT && Civil.firstDayOf(month) < to) {
      long first = Civil.firstDayOf(month);
      int lower = (int) Math.max(from - first + 1, 1);
      int upper = (int) Math.min(to - first + 1, 32);
      count += Bits.countBelow(daysOf(month), upper) - Bits.countBelow(daysOf(month), lower);
      month = monthAtOrAfter(month + 1);
    }
    return count;
  }

  /** The first month that is named, in a year that is named and bears fruit. */
  private long monthAtOrAfter(long month) {
    long year = month / 12;
    if (runsIn(year)) {
      int found = Bits.next(months, (int) (month % 12) + 1);
      if (found != Bits.NO_NEXT) {
        return year * 12 + found - 1;
      }
    }
    for (int later = years.nextSetBit((int) year + 1);
        later >= 0;
        later = years.nextSetBit(later + 1)) {
      if (runsIn(later)) {
        return later * 12L + Bits.next(months, 1) - 1;
      }
    }
    return NO_NEXT;
  }

  private long monthAtOrBefore(long month) {
    long year = month / 12;
    if (runsIn(year)) {
      int found = Bits.previous(months, (int) (month % 12) + 1);
      if (found != Bits.NO_PREVIOUS) {
        return year * 12 + found - 1;
      }
    }
    int earlier = year > 0 ? years.previousSetBit((int) year - 1) : -1;
    while (earlier >= 0) {
      if (runsIn(earlier)) {
        return earlier * 12L + Bits.previous(months, 12) - 1;
      }
      earlier = earlier > 0 ? years.previousSetBit(earlier - 1) : -1;
    }
    return NO_PREVIOUS;
  }

  private boolean runsIn(long year) {
    return years.get((int) year) && Bits.has(fruitfulYears, kindOfYear(year));
  }

  private boolean bearsFruit(long year) {
    for (int month = 1; month <= 12; month++) {
      if (Bits.has(months, month) && daysOf(year * 12 + month - 1) != 0) {
        return true;
      }
    }
    return false;
  }

  private long daysOf(long month) {
    int length = Civil.lengthOf(month);
    return daysByKind[(length - LEAST_LENGTH) * 7 + Civil.weekdayOf(Civil.firstDayOf(month))];
  }

  private static int kindOfYear(long year) {
    return (Civil.isLeap(year) ? 7 : 0) + Civil.weekdayOf(Civil.firstDayOf(year * 12));
  }

  private static BitSet allYears() {
    BitSet years = new BitSet();
    years.set(Civil.FIRST_YEAR, Civil.LAST_YEAR + 1);
    return years;
  }
}
