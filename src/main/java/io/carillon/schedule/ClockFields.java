package io.carillon.schedule;

/** Times of the day as cron gives them: each of the hours with each minute and each second. */
record ClockFields(long hours, long minutes, long seconds) implements Times {

  @Override
  public int first() {
    return firstOf(Bits.next(hours, 0));
  }

  @Override
  public int last() {
    return lastOf(Bits.previous(hours, 23));
  }

  @Override
  public int atOrAfter(int secondOfDay) {
    int hour = secondOfDay / 3600;
    int minute = secondOfDay / 60 % 60;
    if (Bits.has(hours, hour)) {
      if (Bits.has(minutes, minute)) {
        int second = Bits.next(seconds, secondOfDay % 60);
        if (second != Bits.NO_NEXT) {
          return (hour * 60 + minute) * 60 + second;
        }
      }
      int nextMinute = Bits.next(minutes, minute + 1);
      if (nextMinute != Bits.NO_NEXT) {
        return (hour * 60 + nextMinute) * 60 + Bits.next(seconds, 0);
      }
    }
    int nextHour = Bits.next(hours, hour + 1);
    return nextHour == Bits.NO_NEXT ? NONE : firstOf(nextHour);
  }

  @Override
  public int atOrBefore(int secondOfDay) {
    int hour = secondOfDay / 3600;
    int minute = secondOfDay / 60 % 60;
    if (Bits.has(hours, hour)) {
      if (Bits.has(minutes, minute)) {
        int second = Bits.previous(seconds, secondOfDay % 60);
        if (second != Bits.NO_PREVIOUS) {
          return (hour * 60 + minute) * 60 + second;
        }
      }
      int previousMinute = Bits.previous(minutes, minute - 1);
      if (previousMinute != Bits.NO_PREVIOUS) {
        return (hour * 60 + previousMinute) * 60 + Bits.previous(seconds, 59);
      }
    }
    int previousHour = Bits.previous(hours, hour - 1);
    return previousHour == Bits.NO_PREVIOUS ? NONE : lastOf(previousHour);
  }

  @Override
  public int countBefore(int secondOfDay) {
    int hour = secondOfDay / 3600;
    int minute = secondOfDay / 60 % 60;
    int perMinute = Long.bitCount(seconds);
    int count = Bits.countBelow(hours, hour) * Long.bitCount(minutes) * perMinute;
    if (Bits.has(hours, hour)) {
      count += Bits.countBelow(minutes, minute) * perMinute;
      if (Bits.has(minutes, minute)) {
        count += Bits.countBelow(seconds, secondOfDay % 60);
      }
    }
    return count;
  }

  private int firstOf(int hour) {
    return (hour * 60 + Bits.next(minutes, 0)) * 60 + Bits.next(seconds, 0);
  }

  private int lastOf(int hour) {
    return (hour * 60 + Bits.previous(minutes, 59)) * 60 + Bits.previous(seconds, 59);
  }
}
