package io.carillon.schedule;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Binds each kind of schedule to its anchor. */
final class Calendars {

  private Calendars() {}

  /**
   * @param anchor epoch milliseconds that fix the phase
   * @param started whether the anchor may itself be an occurrence
   */
  static Occurrences bind(Schedule schedule, long anchor, boolean started) {
    long start = started ? anchor : DelayedOccurrences.NO_START;
    if (schedule instanceof DurationSchedule steady) {
      long every = steady.every().toMillis();
      return steady.from() == From.COMPLETION
          ? new DelayedOccurrences(every, every, start)
          : new SteadyOccurrences(anchor, every);
    }
    if (schedule instanceof RandomDurationSchedule drawn) {
      return new DelayedOccurrences(drawn.min().toMillis(), drawn.max().toMillis(), start);
    }
    if (schedule instanceof CronSchedule cron) {
      return bind(cron, anchor);
    }
    if (schedule instanceof DailySchedule daily) {
      Days days = new EveryNthDay(dayOf(anchor, daily.zone()), daily.every());
      return wallClock(days, ClockTimes.of(daily.at()), daily.zone(), daily.dst());
    }
    if (schedule instanceof WeeklySchedule weekly) {
      Days days =
          EveryNthWeek.containing(
              dayOf(anchor, weekly.zone()), weekly.every(), weekly.weekStart(), weekly.on());
      return wallClock(days, ClockTimes.of(weekly.at()), weekly.zone(), weekly.dst());
    }
    if (schedule instanceof MonthlySchedule monthly) {
      Days days = new EveryNthMonth(dayOf(anchor, monthly.zone()), monthly.every(), monthly.on());
      return wallClock(days, ClockTimes.of(monthly.at()), monthly.zone(), monthly.dst());
    }
    if (schedule instanceof OnceSchedule once && !once.at().isEmpty()) {
      return new ListedOccurrences(once.at().stream().mapToLong(Instant::toEpochMilli).toArray());
    }
    return schedule instanceof OnceSchedule
        ? new ListedOccurrences(anchor)
        : new ListedOccurrences();
  }

  private static Occurrences bind(CronSchedule cron, long anchor) {
    if (cron.rule() instanceof CronFields fields) {
      // Work bound to the clock on the wall runs once a day; work all day long runs by elapsed
      // time.
      Overlap overlap = fields.isHourFixed() ? Overlap.FIRST : Overlap.BOTH;
      return new WallClockOccurrences(
          new LocalTimes(fields.days(), fields.times()),
          ZoneLine.of(cron.zone()),
          cron.dst().gap().orElse(Gap.SKIP),
          cron.dst().overlap().orElse(overlap));
    }
    Duration every = ((CronEvery) cron.rule()).every();
    return new SteadyOccurrences(anchor, every.toMillis());
  }

  private static Occurrences wallClock(Days days, Times times, ZoneId zone, DstPolicy dst) {
    return new WallClockOccurrences(
        new LocalTimes(days, times),
        ZoneLine.of(zone),
        dst.gap().orElse(Gap.AFTER),
        dst.overlap().orElse(Overlap.FIRST));
  }

  private static long dayOf(long anchor, ZoneId zone) {
    ZoneLine line = ZoneLine.of(zone);
    long second = Math.floorDiv(anchor, 1000L);
    return Math.floorDiv(second + line.offset(line.at(second)), (long) Civil.SECONDS_PER_DAY);
  }
}
