package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.Schedule;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code once}. */
@Kind("once")
@Schema(
    name = "OnceSchedule",
    description = "At each of the instants once; without instants, at once.")
public record OnceDocument(
    @Size(min = 1, max = 10_000, message = "must hold 1 to 10,000 instants, or be left out")
        List<Instant> at)
    implements ScheduleDocument {

  static OnceDocument of(OnceSchedule schedule) {
    return new OnceDocument(schedule.at().isEmpty() ? null : schedule.at());
  }

  @Override
  public Schedule toSchedule() {
    return new OnceSchedule(at);
  }
}
