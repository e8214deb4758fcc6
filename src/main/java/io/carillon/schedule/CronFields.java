package io.carillon.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A cron expression of fields.
 *
 * @param year empty: every year
 */
record CronFields(
    CronField second,
    CronField minute,
    CronField hour,
    CronField dayOfMonth,
    CronField month,
    CronField dayOfWeek,
    Optional<CronField> year)
    implements CronRule {

  /** Whether the hour is said outright: neither {@code *} nor a step in its field. */
  boolean isHourFixed() {
    return !hour.open();
  }

  Times times() {
    return new ClockFields(hour.bits(), minute.bits(), second.bits());
  }

  Days days() {
    return new CronDays(this);
  }

  /** The days that run in a month of a length that begins on a weekday; bit 1 is the first day. */
  long daysOf(int length, int firstWeekday) {
    if (dayOfMonth.any()) {
      return dayOfWeek.daysOfWeek(length, firstWeekday);
    }
    long byMonth = dayOfMonth.daysOfMonth(length, firstWeekday);
    return dayOfWeek.any() ? byMonth : byMonth | dayOfWeek.daysOfWeek(length, firstWeekday);
  }

  @Override
  public String describe(ZoneId zone) {
    return CronWords.describe(this, zone);
  }

  @Override
  public Duration shortestInterval() {
    return times().shortestInterval();
  }
}
