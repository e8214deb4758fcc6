package io.carillon.schedule;

import java.util.BitSet;
import java.util.List;

/**
 * One field of a cron expression.
 *
 * @param values the numbers it names; of days of the week 0 is Sunday and 7 does not occur
 * @param rules the days it names otherwise, by {@code L}, {@code W} or {@code #}
 * @param any whether it is a bare {@code *} or {@code ?}, and so restricts nothing
 * @param open whether a {@code *} or a step stands anywhere in it
 */
record CronField(BitSet values, List<DayRule> rules, boolean any, boolean open) {

  static CronField only(int value) {
    BitSet values = new BitSet();
    values.set(value);
    return new CronField(values, List.of(), false, false);
  }

  /** The values as bits; not for years, which are too many. */
  long bits() {
    long[] words = values.toLongArray();
    return words.length == 0 ? 0 : words[0];
  }

  long daysOfMonth(int length, int firstWeekday) {
    return bits() & Bits.range(1, length) | daysByRule(length, firstWeekday);
  }

  long daysOfWeek(int length, int firstWeekday) {
    long weekdays = bits();
    long days = 0;
    for (int day = 1; day <= length; day++) {
      if (Bits.has(weekdays, (firstWeekday + day - 1) % 7)) {
        days |= 1L << day;
      }
    }
    return days | daysByRule(length, firstWeekday);
  }

  private long daysByRule(int length, int firstWeekday) {
    long days = 0;
    for (DayRule rule : rules) {
      int day = rule.dayIn(length, firstWeekday);
      if (day != DayRule.NONE) {
        days |= 1L << day;
      }
    }
    return days;
  }
}
