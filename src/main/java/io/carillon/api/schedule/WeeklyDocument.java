package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.WeeklySchedule;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code weekly}. */
@Kind("weekly")
@Schema(
    name = "WeeklySchedule",
    description = "At local times on days of the week, each so many weeks.")
public record WeeklyDocument(
    @Schema(description = "Weeks.", minimum = "1", defaultValue = "1") Integer every,
    @Schema(required = true, examples = "[\"monday\", \"thursday\"]") List<DayOfWeek> on,
    @Schema(required = true, examples = "[\"09:00\"]") List<LocalTime> at,
    @Schema(description = "The day on which a week begins.", defaultValue = "sunday")
        DayOfWeek weekStart,
    @Schema(
            implementation = String.class,
            description = "A name of the IANA time zone database, links included.",
            examples = "Europe/Paris",
            defaultValue = "UTC")
        NamedZone timezone,
    DstDocument dst)
    implements ScheduleDocument {

  static WeeklyDocument of(WeeklySchedule schedule) {
    return new WeeklyDocument(
        schedule.every(),
        schedule.on(),
        schedule.at(),
        schedule.weekStart(),
        schedule.timezone(),
        DstDocument.of(schedule.dst()));
  }

  @Override
  public Schedule toSchedule() {
    return new WeeklySchedule(
        every == null ? 1 : every, on, at, weekStart, timezone, DstDocument.policy(dst));
  }
}
