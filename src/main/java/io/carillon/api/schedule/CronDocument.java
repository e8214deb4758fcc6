package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.CronSchedule;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.Schedule;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code cron}. */
@Kind("cron")
@Schema(
    name = "CronSchedule",
    description =
        "A cron expression of 5 fields, 6 (seconds first) or 7 (and a year); also @hourly to @yearly"
            + " and @every.")
public record CronDocument(
    @Schema(required = true, examples = "0 2 * * *") String expression,
    @Schema(
            implementation = String.class,
            description = "A name of the IANA time zone database, links included.",
            examples = "Europe/Paris",
            defaultValue = "UTC")
        NamedZone timezone,
    DstDocument dst)
    implements ScheduleDocument {

  static CronDocument of(CronSchedule schedule) {
    return new CronDocument(
        schedule.expression(), schedule.timezone(), DstDocument.of(schedule.dst()));
  }

  @Override
  public Schedule toSchedule() {
    return new CronSchedule(expression, timezone, DstDocument.policy(dst));
  }
}
