package io.carillon.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * A cron expression of fields.
 *
 * @param bothDays whether a day must suit the day of month and the day of week, not either
 * @param year empty: every year
 */
record CronFields(
    CronField second,
    CronField minute,
    CronField hour,
    CronField dayOfMonth,
    CronField month,
    CronField dayOfWeek,
    boolean bothDays,
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
    long byMonth = dayOfMonth.daysOfMonth(length, firstWeekday);
    long byWeek = dayOfWeek.daysOfWeek(length, firstWeekday);
    boolean either = !bothDays && !dayOfMonth.any() && !dayOfWeek.any();
    return either ? byMonth | byWeek : byMonth & byWeek;
  }

  @Override
  public String describe(NamedZone zone) {
    return CronWords.describe(this, zone);
  }

  @Override
  public Duration shortestInterval() {
    return times().shortestInterval();
  }
}
