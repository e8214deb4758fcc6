package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.From;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code random-duration}. */
@Kind("random-duration")
@Schema(
    name = "RandomDurationSchedule",
    description = "At a distance drawn anew for each run, from min up to below max.")
public record RandomDurationDocument(
    @Schema(required = true, examples = "PT30S") Duration min,
    @Schema(required = true, examples = "PT2M") Duration max,
    @Schema(defaultValue = "schedule") From from)
    implements ScheduleDocument {

  static RandomDurationDocument of(RandomDurationSchedule schedule) {
    return new RandomDurationDocument(schedule.min(), schedule.max(), schedule.from());
  }

  @Override
  public Schedule toSchedule() {
    return new RandomDurationSchedule(min, max, from);
  }
}
