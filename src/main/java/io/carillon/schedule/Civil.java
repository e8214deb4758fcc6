package io.carillon.schedule;

/**
 * Gregorian dates as plain numbers: days since 1970-01-01, months since January of year 0.
 *
 * <p>The conversions are Howard Hinnant's <a
 * href="https://howardhinnant.github.io/date_algorithms.html">days_from_civil and
 * civil_from_days</a>: exact for all years, without a table and without an object.
 */
final class Civil {

  static final int SECONDS_PER_DAY = 86_400;

  /** After so many days the calendar, weekdays included, begins again: 400 years. */
  static final long DAYS_PER_CYCLE = 146_097;

  static final int MONTHS_PER_CYCLE = 4_800;

  static final int FIRST_YEAR = 1;
  static final int LAST_YEAR = 9_999;

  /** January of year 1, the first month that anything can happen in. */
  static final long START_MONTH = FIRST_YEAR * 12L;

  /** January of year 10000, the first month in which nothing happens any more. */
  static final long END_MONTH = (LAST_YEAR + 1) * 12L;

  private static final int DAYS_TO_1970_FROM_MARCH_0000 = 719_468;

  private Civil() {}

  /** Days since 1970-01-01 of the first day of a month, counted in months since January 0000. */
  static long firstDayOf(long month) {
    long fromMarch = month - 2;
    long year = Math.floorDiv(fromMarch, 12L);
    long monthFromMarch = fromMarch - year * 12;
    long dayOfYear = (153 * monthFromMarch + 2) / 5;
    return year * 365
        + Math.floorDiv(year, 4L)
        - Math.floorDiv(year, 100L)
        + Math.floorDiv(year, 400L)
        + dayOfYear
        - DAYS_TO_1970_FROM_MARCH_0000;
  }

  /** The month that contains a day, in months since January 0000. */
  static long monthOf(long day) {
    long shifted = day + DAYS_TO_1970_FROM_MARCH_0000;
    long cycle = Math.floorDiv(shifted, DAYS_PER_CYCLE);
    int dayOfCycle = (int) (shifted - cycle * DAYS_PER_CYCLE);
    int yearOfCycle =
        (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
    int dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    return (cycle * 400 + yearOfCycle) * 12 + monthFromMarch + 2;
  }

  /** The length in days of a month, counted in months since January 0000. */
  static int lengthOf(long month) {
    int ofYear = (int) Math.floorMod(month, 12L);
    if (ofYear == 1) {
      return isLeap(Math.floorDiv(month, 12L)) ? 29 : 28;
    }
    return ofYear == 3 || ofYear == 5 || ofYear == 8 || ofYear == 10 ? 30 : 31;
  }

  static boolean isLeap(long year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** The day of the week, 0 for Sunday to 6 for Saturday. */
  static int weekdayOf(long day) {
    return (int) Math.floorMod(day + 4, 7L);
  }
}
