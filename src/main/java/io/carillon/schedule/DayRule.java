package io.carillon.schedule;

/** One day of each month that cron names by where it lies instead of by its number. */
sealed interface DayRule {

  /** Answered for a month without such a day. */
  int NONE = 0;

  /**
   * @param length of the month, 28 to 31
   * @param firstWeekday of the month's first day, 0 for Sunday
   * @return 1 to {@code length}, or {@link #NONE}
   */
  int dayIn(int length, int firstWeekday);

  /** The day in English, as in {@code the last Friday}. */
  String describe();

  /** {@code L}, {@code L-3}: so many days before the last. */
  record BeforeLast(int days) implements DayRule {
    @Override
    public int dayIn(int length, int firstWeekday) {
      return Math.max(NONE, length - days);
    }

    @Override
    public String describe() {
      return Words.monthDay(-1 - days);
    }
  }

  /**
   * {@code 15W}, {@code LW}, {@code L-3W}: the day from Monday to Friday that is nearest to a day,
   * within the month. A month without the day has none.
   */
  record NearestWeekday(DayRule to) implements DayRule {
    @Override
    public int dayIn(int length, int firstWeekday) {
      int day = to.dayIn(length, firstWeekday);
      int weekday = (firstWeekday + day + 6) % 7;
      if (day == NONE || weekday != 6 && weekday != 0) {
        return day;
      }
      if (weekday == 6) {
        return day == 1 ? 3 : day - 1;
      }
      return day == length ? day - 2 : day + 1;
    }

    @Override
    public String describe() {
      return "the weekday nearest to " + to.describe();
    }
  }

  /** A day by its number, as {@link NearestWeekday} needs it. */
  record Numbered(int day) implements DayRule {
    @Override
    public int dayIn(int length, int firstWeekday) {
      return day <= length ? day : NONE;
    }

    @Override
    public String describe() {
      return Words.monthDay(day);
    }
  }

  /** {@code 5#3}: the third Friday. */
  record NthWeekday(int nth, int weekday) implements DayRule {
    @Override
    public int dayIn(int length, int firstWeekday) {
      int day = 1 + Math.floorMod(weekday - firstWeekday, 7) + 7 * (nth - 1);
      return day <= length ? day : NONE;
    }

    @Override
    public String describe() {
      return "the " + Words.ordinal(nth) + " " + Words.weekday(weekday);
    }
  }

  /** {@code 5L}: the last Friday. */
  record LastWeekday(int weekday) implements DayRule {
    @Override
    public int dayIn(int length, int firstWeekday) {
      return length - Math.floorMod(firstWeekday + length - 1 - weekday, 7);
    }

    @Override
    public String describe() {
      return "the last " + Words.weekday(weekday);
    }
  }
}
