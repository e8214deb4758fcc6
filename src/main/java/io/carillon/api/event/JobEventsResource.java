package io.carillon.api.event;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.problem.ProblemKind;
import io.carillon.engine.JobStore;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** What happens to one job, as it happens. */
@Path("/v1/jobs")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events")
public class JobEventsResource {

  private final EventRequests requests;
  private final JobStore store;

  JobEventsResource(EventRequests requests, JobStore store) {
    this.requests = requests;
    this.store = store;
  }

  @GET
  @Path("/{id}/events")
  @Blocking
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @Operation(
      operationId = "followJobEvents",
      summary = "Follow a job's events",
      description = "As /v1/events?job=.")
  @APIResponse(
      responseCode = "200",
      description = "Events without end.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CloudEvent.class)))
  public Multi<OutboundSseEvent> followJob(
      @Context Sse sse,
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Types, separated by commas; * stands for any characters.")
          @QueryParam("types")
          String types,
      @Parameter(description = "The last event that is known already; of the two the header wins.")
          @QueryParam("after")
          String after,
      @Parameter(description = "The last event that is known already.")
          @HeaderParam("Last-Event-ID")
          String lastEventId) {
    if (store.find(Parameters.jobId(id)).isEmpty()) {
      throw ProblemKind.NOT_FOUND.problem("There is no job " + id + ".");
    }
    return requests.open(new Parameters(), types, Optional.of(id), null, after, lastEventId, sse);
  }
}
