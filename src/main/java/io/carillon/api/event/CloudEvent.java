package io.carillon.api.event;

import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import io.carillon.api.json.Rendering;
import io.carillon.api.run.RunView;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A lifecycle event in the form of CloudEvents 1.0, JSON format. */
@Schema(name = "Event", description = "A lifecycle event (CloudEvents 1.0).")
public record CloudEvent(
    @Schema(required = true, examples = "1.0") String specversion,
    @Schema(required = true, description = "Its position in the stream.") String id,
    @Schema(required = true, examples = "/carillon") String source,
    @Schema(required = true, examples = "io.carillon.run.started") String type,
    @Schema(description = "The run's or the job's id; absent for the scheduler and its leader.")
        String subject,
    @Schema(required = true) Instant time,
    @Schema(required = true, examples = "application/json") String datacontenttype,
    @Schema(required = true, description = "jobId, tags, the run as it stands, reason and such.")
        Map<String, Json> data)
    implements Document {

  static CloudEvent of(LifecycleEvent event) {
    Map<String, Json> data = new LinkedHashMap<>();
    event.jobId().ifPresent(jobId -> data.put("jobId", Rendering.value(jobId)));
    if (event.jobId().isPresent()) {
      data.put("tags", Rendering.value(event.tags()));
    }
    event.run().ifPresent(run -> data.put("run", Rendering.of(RunView.of(run))));
    event.details().forEach((name, value) -> data.put(name, Rendering.value(value)));
    Optional<String> runId = event.run().map(Run::id).map(Object::toString);
    return of(
        event.position(), event.type(), runId.or(event::jobId).orElse(null), event.time(), data);
  }

  /** That there is no telling what happened between two positions. */
  static CloudEvent gap(String after, String oldest, Instant now) {
    return of(
        after,
        "gap",
        null,
        now,
        Map.of("after", Rendering.value(after), "oldest", Rendering.value(oldest)));
  }

  private static CloudEvent of(
      String id, String type, String subject, Instant time, Map<String, Json> data) {
    return new CloudEvent(
        "1.0", id, "/carillon", "io.carillon." + type, subject, time, "application/json", data);
  }
}
