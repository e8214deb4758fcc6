package io.carillon.schedule;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * At given local times, each {@code every} days counted from the day that contains the anchor.
 *
 * @param every days, at least 1
 * @param at whole seconds, at least one; kept sorted, duplicates folded
 */
public record DailySchedule(int every, List<LocalTime> at, NamedZone timezone, DstPolicy dst)
    implements Schedule {

  public DailySchedule {
    timezone = ZoneNames.orUtc(timezone);
    dst = DstPolicy.orDefault(dst);
    Faults faults = new Faults();
    CalendarFields.checkEvery(every, faults);
    CalendarFields.checkTimes(at, faults);
    faults.throwIfAny();
    at = Lists.sorted(at, Comparator.naturalOrder());
  }

  @Override
  public String describe() {
    return "every %s at %s, %s".formatted(Words.each(every, "day"), Words.times(at), timezone);
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
