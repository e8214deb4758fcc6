package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens to all jobs, runs, the scheduler and its leader. */
@Path("/v1/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events", description = EventDocs.TAG)
public class EventsResource {

  private final EventLog log;
  private final EventStreams streams;

  EventsResource(EventLog log, EventStreams streams) {
    this.log = log;
    this.streams = streams;
  }

  @GET
  @Blocking
  @Operation(
      operationId = "followEvents",
      summary = "Follow what happens",
      description = EventDocs.STREAM)
  @APIResponse(
      responseCode = "200",
      description = EventDocs.ANSWER,
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CloudEvent.class),
              examples = @ExampleObject(name = "run.succeeded", value = EventDocs.EXAMPLE)))
  public Uni<Response> follow(
      @Parameter(description = EventDocs.TYPES, example = "run.*,job.paused") @QueryParam("types")
          String types,
      @Parameter(description = "Only what concerns this job.") @QueryParam("job") String job,
      @Parameter(description = "Only what concerns jobs with this tag; may repeat: all must match.")
          @QueryParam("tag")
          List<String> tag,
      @Parameter(description = EventDocs.AFTER) @QueryParam("after") String after,
      @Parameter(description = EventDocs.LAST_EVENT_ID) @HeaderParam(EventQuery.LAST_EVENT_ID)
          String lastEventId,
      @Context RoutingContext request) {
    EventQuery query = new EventQuery();
    EventFilter filter = new EventFilter(query.types(types), query.jobId(job), query.tags(tag));
    Optional<String> position = query.position(lastEventId, after, log);
    query.check();
    return streams.begin(filter, position, request);
  }
}
