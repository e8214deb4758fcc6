package io.carillon.schedule;

/** Local times, as seconds since 1970-01-01T00:00 on the wall: given days at given times of day. */
record LocalTimes(Days days, Times times) {

  /** Answered where there is no later time. */
  static final long NO_NEXT = Long.MAX_VALUE;

  /** Answered where there is no earlier time. */
  static final long NO_PREVIOUS = Long.MIN_VALUE;

  long atOrAfter(long second) {
    long today = Math.floorDiv(second, (long) Civil.SECONDS_PER_DAY);
    long day = days.atOrAfter(today);
    if (day == today) {
      int time = times.atOrAfter((int) (second - today * Civil.SECONDS_PER_DAY));
      if (time != Times.NONE) {
        return today * Civil.SECONDS_PER_DAY + time;
      }
      day = days.atOrAfter(today + 1);
    }
    return day == Days.NO_NEXT ? NO_NEXT : day * Civil.SECONDS_PER_DAY + times.first();
  }

  long atOrBefore(long second) {
    long today = Math.floorDiv(second, (long) Civil.SECONDS_PER_DAY);
    long day = days.atOrBefore(today);
    if (day == today) {
      int time = times.atOrBefore((int) (second - today * Civil.SECONDS_PER_DAY));
      if (time != Times.NONE) {
        return today * Civil.SECONDS_PER_DAY + time;
      }
      day = days.atOrBefore(today - 1);
    }
    return day == Days.NO_PREVIOUS ? NO_PREVIOUS : day * Civil.SECONDS_PER_DAY + times.last();
  }

  /** How many times lie in {@code [from, to)}. */
  long count(long from, long to) {
    long firstDay = Math.floorDiv(from, (long) Civil.SECONDS_PER_DAY);
    long lastDay = Math.floorDiv(to, (long) Civil.SECONDS_PER_DAY);
    return days.count(firstDay, lastDay) * times.size()
        + countBefore(lastDay, to)
        - countBefore(firstDay, from);
  }

  /** How many times of that very day lie before the second. */
  private int countBefore(long day, long second) {
    return days.count(day, day + 1) == 0
        ? 0
        : times.countBefore((int) (second - day * Civil.SECONDS_PER_DAY));
  }
}
