package io.carillon.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * When a job runs: one record per kind. A schedule is a plain value, checked when it is made;
 * {@link Timetable} turns it into instants.
 *
 * <p>Every constructor throws {@link InvalidSchedule} with all that is wrong. A missing timezone is
 * UTC, a missing {@code from} is {@link From#SCHEDULE}, a missing {@link DstPolicy} is {@link
 * DstPolicy#DEFAULT}.
 */
public sealed interface Schedule
    permits DurationSchedule,
        RandomDurationSchedule,
        CronSchedule,
        DailySchedule,
        WeeklySchedule,
        MonthlySchedule,
        OnceSchedule,
        EventSchedule {

  /** The schedule in English, such as {@code every weekday at 09:00, Europe/Berlin}. */
  String describe();

  /** The zone whose clock the schedule follows; UTC where it follows none. */
  default ZoneId zone() {
    return ZoneNames.UTC.id();
  }

  /** From where the next occurrence is measured. */
  default From from() {
    return From.SCHEDULE;
  }

  /**
   * The least distance between two occurrences as the clock on the wall tells it, never more than
   * the true one except across a clock change; empty where there are no two.
   */
  default Optional<Duration> shortestInterval() {
    return Optional.empty();
  }
}
