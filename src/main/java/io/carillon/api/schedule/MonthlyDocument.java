package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.MonthlySchedule;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.Schedule;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code monthly}. */
@Kind("monthly")
@Schema(
    name = "MonthlySchedule",
    description = "At local times on days of the month, each so many months.")
public record MonthlyDocument(
    @Schema(description = "Months.", minimum = "1", defaultValue = "1") Integer every,
    @Schema(
            required = true,
            description =
                "1 to 31, or -1 (the last day) to -31; a month without the day is skipped.",
            examples = "[1, -1]")
        List<Integer> on,
    @Schema(required = true, examples = "[\"09:00\"]") List<LocalTime> at,
    @Schema(
            implementation = String.class,
            description = "A name of the IANA time zone database, links included.",
            examples = "Europe/Paris",
            defaultValue = "UTC")
        NamedZone timezone,
    DstDocument dst)
    implements ScheduleDocument {

  static MonthlyDocument of(MonthlySchedule schedule) {
    return new MonthlyDocument(
        schedule.every(),
        schedule.on(),
        schedule.at(),
        schedule.timezone(),
        DstDocument.of(schedule.dst()));
  }

  @Override
  public Schedule toSchedule() {
    return new MonthlySchedule(
        every == null ? 1 : every, on, at, timezone, DstDocument.policy(dst));
  }
}
