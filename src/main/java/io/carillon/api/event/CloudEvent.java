package io.carillon.api.event;

import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.Rendering;
import io.carillon.api.run.RunView;
import io.carillon.job.LifecycleEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A lifecycle event as it is written in JSON: the JSON format of CloudEvents 1.0. */
@Schema(name = "CloudEvent", description = "What happened (CloudEvents 1.0).")
public record CloudEvent(
    @Schema(required = true, examples = SPEC_VERSION) String specversion,
    @Schema(required = true, description = "The position.", examples = "1763791200003-0") String id,
    @Schema(required = true, examples = SOURCE) String source,
    @Schema(required = true, examples = "io.carillon.run.succeeded") String type,
    @Schema(
            description = "The run's or the job's id; absent where neither is concerned.",
            examples = "billing-nightly_mi8z3kq0_1763791200000")
        String subject,
    @Schema(required = true) Instant time,
    @Schema(required = true, examples = CONTENT_TYPE) String datacontenttype,
    @Schema(
            required = true,
            implementation = Object.class,
            description = "Of a run event the run; of a job event jobId, revision and more.")
        Obj data)
    implements Document {

  static final String TYPE_PREFIX = "io.carillon.";

  private static final String SPEC_VERSION = "1.0";
  private static final String SOURCE = "/carillon";
  private static final String CONTENT_TYPE = "application/json";

  static CloudEvent of(LifecycleEvent event) {
    String subject = event.run().map(run -> run.id().toString()).or(event::jobId).orElse(null);
    return of(event.position(), event.type(), subject, event.time(), data(event));
  }

  /**
   * Events have been lost to the client.
   *
   * @param after the position after which they are missing
   * @param oldest the position of the oldest event kept; empty when none is
   */
  static CloudEvent gap(String after, Optional<String> oldest, Instant now) {
    // An id of its own: to whoever drops repeated ids, the event at that position is an old one.
    Map<String, Json> data = new LinkedHashMap<>();
    data.put("after", Rendering.value(after));
    oldest.ifPresent(position -> data.put("oldest", Rendering.value(position)));
    return of("gap-" + after, Frames.GAP, null, now, Obj.of(data));
  }

  private static CloudEvent of(String id, String type, String subject, Instant time, Obj data) {
    return new CloudEvent(
        SPEC_VERSION, id, SOURCE, TYPE_PREFIX + type, subject, time, CONTENT_TYPE, data);
  }

  private static Obj data(LifecycleEvent event) {
    Map<String, Json> members = new LinkedHashMap<>();
    event.jobId().ifPresent(job -> members.put("jobId", Rendering.value(job)));
    event.details().forEach((name, value) -> members.put(name, Rendering.value(value)));
    event.run().map(RunView::of).map(Rendering::of).ifPresent(run -> members.putAll(run.members()));
    return Obj.of(members);
  }
}
