package io.carillon.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * At given local times on given days of the week, each {@code every} weeks counted from the week
 * that contains the anchor.
 *
 * @param every weeks, at least 1
 * @param on days of the week, at least one; kept from Monday to Sunday, duplicates folded
 * @param at whole seconds, at least one; kept sorted, duplicates folded
 * @param weekStart the day on which a week begins; missing: Sunday
 */
public record WeeklySchedule(
    int every,
    List<DayOfWeek> on,
    List<LocalTime> at,
    DayOfWeek weekStart,
    NamedZone timezone,
    DstPolicy dst)
    implements Schedule {

  public WeeklySchedule {
    weekStart = weekStart == null ? DayOfWeek.SUNDAY : weekStart;
    timezone = ZoneNames.orUtc(timezone);
    dst = DstPolicy.orDefault(dst);
    Faults faults = new Faults();
    CalendarFields.checkEvery(every, faults);
    Lists.check("/on", "days of the week", on, faults);
    CalendarFields.checkTimes(at, faults);
    faults.throwIfAny();
    on = Lists.sorted(on, Comparator.naturalOrder());
    at = Lists.sorted(at, Comparator.naturalOrder());
  }

  @Override
  public String describe() {
    String weeks = every == 1 ? "" : " of every " + Words.each(every, "week");
    return "every %s%s at %s, %s".formatted(Words.weekdays(on), weeks, Words.times(at), timezone);
  }

  @Override
  public ZoneId zone() {
    return timezone.id();
  }

  @Override
  public Optional<Duration> shortestInterval() {
    return Optional.of(ClockTimes.of(at).shortestInterval());
  }
}
