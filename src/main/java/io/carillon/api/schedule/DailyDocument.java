package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.DailySchedule;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.Schedule;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code daily}. */
@Kind("daily")
@Schema(name = "DailySchedule", description = "At local times, each so many days.")
public record DailyDocument(
    @Schema(description = "Days.", minimum = "1", defaultValue = "1") Integer every,
    @Schema(required = true, examples = "[\"09:00\", \"17:30\"]") List<LocalTime> at,
    @Schema(
            implementation = String.class,
            description = "A name of the IANA time zone database, links included.",
            examples = "Europe/Paris",
            defaultValue = "UTC")
        NamedZone timezone,
    DstDocument dst)
    implements ScheduleDocument {

  static DailyDocument of(DailySchedule schedule) {
    return new DailyDocument(
        schedule.every(), schedule.at(), schedule.timezone(), DstDocument.of(schedule.dst()));
  }

  @Override
  public Schedule toSchedule() {
    return new DailySchedule(every == null ? 1 : every, at, timezone, DstDocument.policy(dst));
  }
}
