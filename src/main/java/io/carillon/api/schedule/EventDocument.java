package io.carillon.api.schedule;

import io.carillon.api.json.Kind;
import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.Schedule;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A schedule of type {@code event}. */
@Kind("event")
@Schema(name = "EventSchedule", description = "A listener: runs when a lifecycle event matches.")
public record EventDocument(
    @Schema(
            required = true,
            description = "Types of events; * stands for any characters.",
            examples = "[\"run.failed\"]")
        List<String> events,
    @Schema(description = "Ids of the jobs whose events count; none: any.") List<String> jobs,
    @Schema(description = "Tags that those jobs have; none: any.") List<String> tags)
    implements ScheduleDocument {

  static EventDocument of(EventSchedule schedule) {
    return new EventDocument(schedule.events(), schedule.jobs(), schedule.tags());
  }

  @Override
  public Schedule toSchedule() {
    return new EventSchedule(events, jobs, tags);
  }
}
