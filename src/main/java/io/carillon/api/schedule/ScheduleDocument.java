package io.carillon.api.schedule;

import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.schedule.CronSchedule;
import io.carillon.schedule.DailySchedule;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.InvalidSchedule;
import io.carillon.schedule.MonthlySchedule;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.WeeklySchedule;
import org.eclipse.microprofile.openapi.annotations.media.DiscriminatorMapping;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** When a job runs, as it is written in JSON: one record per kind, told apart by {@code type}. */
@Schema(
    name = "Schedule",
    description = "When a job runs.",
    oneOf = {
      DurationDocument.class,
      RandomDurationDocument.class,
      CronDocument.class,
      DailyDocument.class,
      WeeklyDocument.class,
      MonthlyDocument.class,
      OnceDocument.class,
      EventDocument.class
    },
    discriminatorProperty = "type",
    discriminatorMapping = {
      @DiscriminatorMapping(value = "duration", schema = DurationDocument.class),
      @DiscriminatorMapping(value = "random-duration", schema = RandomDurationDocument.class),
      @DiscriminatorMapping(value = "cron", schema = CronDocument.class),
      @DiscriminatorMapping(value = "daily", schema = DailyDocument.class),
      @DiscriminatorMapping(value = "weekly", schema = WeeklyDocument.class),
      @DiscriminatorMapping(value = "monthly", schema = MonthlyDocument.class),
      @DiscriminatorMapping(value = "once", schema = OnceDocument.class),
      @DiscriminatorMapping(value = "event", schema = EventDocument.class)
    })
public sealed interface ScheduleDocument extends Document, SelfChecking
    permits DurationDocument,
        RandomDurationDocument,
        CronDocument,
        DailyDocument,
        WeeklyDocument,
        MonthlyDocument,
        OnceDocument,
        EventDocument {

  /**
   * The schedule that is meant.
   *
   * @throws InvalidSchedule when there cannot be such a schedule
   */
  Schedule toSchedule();

  @Override
  default void check(Pointer at, Violations found) {
    try {
      toSchedule();
    } catch (InvalidSchedule e) {
      e.faults()
          .forEach(
              fault ->
                  found.addIfNew(
                      Violation.ofValue(at.below(fault.pointer()), fault.code(), fault.detail())));
    }
  }

  static ScheduleDocument of(Schedule schedule) {
    if (schedule instanceof DurationSchedule duration) {
      return DurationDocument.of(duration);
    } else if (schedule instanceof RandomDurationSchedule random) {
      return RandomDurationDocument.of(random);
    } else if (schedule instanceof CronSchedule cron) {
      return CronDocument.of(cron);
    } else if (schedule instanceof DailySchedule daily) {
      return DailyDocument.of(daily);
    } else if (schedule instanceof WeeklySchedule weekly) {
      return WeeklyDocument.of(weekly);
    } else if (schedule instanceof MonthlySchedule monthly) {
      return MonthlyDocument.of(monthly);
    } else if (schedule instanceof OnceSchedule once) {
      return OnceDocument.of(once);
    }
    return EventDocument.of((EventSchedule) schedule);
  }
}
