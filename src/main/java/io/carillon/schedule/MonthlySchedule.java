package io.carillon.schedule;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * At given local times on given days of the month, each {@code every} months counted from the month
 * that contains the anchor.
 *
 * @param every months, at least 1
 * @param on 1 to 31 from the first day on, -1 to -31 from the last day back, at least one; a month
 *     without the day is skipped; kept sorted, duplicates folded
 * @param at whole seconds, at least one; kept sorted, duplicates folded
 */
public record MonthlySchedule(
    int every, List<Integer> on, List<LocalTime> at, NamedZone timezone, DstPolicy dst)
    implements Schedule {

  private static final Comparator<Integer> FORWARD_THEN_BACK =
      Comparator.<Integer, Boolean>comparing(day -> day < 0).thenComparing(Math::abs);

  public MonthlySchedule {
    timezone = ZoneNames.orUtc(timezone);
    dst = DstPolicy.orDefault(dst);
    Faults faults = new Faults();
    CalendarFields.checkEvery(every, faults);
    Lists.check("/on", "days of the month", on, faults);
    for (int i = 0; on != null && i < on.size(); i++) {
      if (on.get(i) != null && (on.get(i) == 0 || Math.abs((long) on.get(i)) > 31)) {
        faults.add(
            "/on/" + i, "out-of-range", "day " + on.get(i) + " is neither 1 to 31 nor -1 to -31");
      }
    }
    CalendarFields.checkTimes(at, faults);
    faults.throwIfAny();
    on = Lists.sorted(on, FORWARD_THEN_BACK);
    at = Lists.sorted(at, Comparator.naturalOrder());
  }

  @Override
  public String describe() {
    return "on %s of every %s at %s, %s"
        .formatted(Words.monthDays(on), Words.each(every, "month"), Words.times(at), timezone);
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
