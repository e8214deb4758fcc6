package io.carillon.api.event;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.problem.Problems;
import io.carillon.engine.EventLog;
import io.carillon.engine.JobStore;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** What happens to one job and its runs. */
@Path("/v1/jobs")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events", description = EventDocs.TAG)
public class JobEventsResource {

  private final EventLog log;
  private final JobStore jobs;
  private final EventStreams streams;

  JobEventsResource(EventLog log, JobStore jobs, EventStreams streams) {
    this.log = log;
    this.jobs = jobs;
    this.streams = streams;
  }

  @GET
  @Path("/{id}/events")
  @Blocking
  @Operation(
      operationId = "followJobEvents",
      summary = "Follow what happens to a job",
      description =
          EventDocs.STREAM
              + " The stream outlives the job: its deletion is an event like others, and what is kept of"
              + " a deleted job is still sent to a client that names a position.")
  @APIResponse(
      responseCode = "200",
      description = EventDocs.ANSWER,
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CloudEvent.class),
              examples = @ExampleObject(name = "run.succeeded", value = EventDocs.EXAMPLE)))
  public Uni<Response> follow(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = EventDocs.TYPES, example = "run.*") @QueryParam("types")
          String types,
      @Parameter(description = EventDocs.AFTER) @QueryParam("after") String after,
      @Parameter(description = EventDocs.LAST_EVENT_ID) @HeaderParam(EventQuery.LAST_EVENT_ID)
          String lastEventId,
      @Context RoutingContext request) {
    String jobId = Parameters.jobId(id);
    EventQuery query = new EventQuery();
    EventFilter filter = new EventFilter(query.types(types), Optional.of(jobId), List.of());
    Optional<String> position = query.position(lastEventId, after, log);
    query.check();
    // Whoever resumes is told the end of a job that is gone since, and what else is kept of it.
    if (position.isEmpty() && jobs.find(jobId).isEmpty()) {
      throw Problems.absentJob(jobId);
    }
    return streams.begin(filter, position, request);
  }
}
