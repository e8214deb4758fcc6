package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.From;
import io.carillon.schedule.Schedule;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code duration}. */
@Kind("duration")
@Schema(name = "DurationSchedule", description = "At a steady distance, without drift.")
public record DurationDocument(
    @Schema(required = true, description = "At least PT1S.", examples = "PT30S") Duration every,
    @Schema(
            description = "From the scheduled time, or from the end of the run before.",
            defaultValue = "schedule")
        From from)
    implements ScheduleDocument {

  static DurationDocument of(DurationSchedule schedule) {
    return new DurationDocument(schedule.every(), schedule.from());
  }

  @Override
  public Schedule toSchedule() {
    return new DurationSchedule(every, from);
  }
}
