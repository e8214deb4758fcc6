package io.carillon.api.scheduler;

import io.carillon.api.Examples;
import io.carillon.api.JsonBodyReader;
import io.carillon.api.job.ConcurrencyDocument;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.json.Json.Obj;
import io.carillon.api.json.MergePatch;
import io.carillon.api.json.Rendering;
import io.carillon.engine.SchedulerInfo;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.SchedulerStore.Change;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The scheduler as a whole. */
@Path("/v1/scheduler")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scheduler", description = "The scheduler as a whole.")
public class SchedulerResource {

  private final SchedulerInfo info;
  private final SchedulerStore store;
  private final Binder binder;

  SchedulerResource(SchedulerInfo info, SchedulerStore store, Binder binder) {
    this.info = info;
    this.store = store;
    this.binder = binder;
  }

  @GET
  @Operation(operationId = "readScheduler", summary = "Look at the scheduler")
  @APIResponseSchema(SchedulerView.class)
  public SchedulerView read() {
    return SchedulerView.of(info.look());
  }

  @PATCH
  @Consumes({JsonBodyReader.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "changeScheduler",
      summary = "Pause, resume or limit the scheduler",
      description = "JSON merge patch (RFC 7396), for all replicas at once.")
  @APIResponseSchema(SchedulerView.class)
  public SchedulerView change(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = SettingsDocument.class),
                      examples = @ExampleObject(name = "settings", value = Examples.SCHEDULER)))
          Json body) {
    Obj present = Rendering.of(SettingsDocument.of(store.settings()));
    SettingsDocument wanted = binder.bind(MergePatch.merge(present, body), SettingsDocument.class);
    store.change(
        new Change(
            named(body, "paused").map(named -> wanted.paused()),
            named(body, "concurrency")
                .map(
                    named ->
                        Optional.ofNullable(wanted.concurrency())
                            .map(ConcurrencyDocument::toPolicy))));
    return read();
  }

  private static Optional<Json> named(Json body, String member) {
    return body instanceof Obj patch ? patch.member(member) : Optional.empty();
  }
}
