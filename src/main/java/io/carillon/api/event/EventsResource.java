package io.carillon.api.event;

import io.carillon.api.Parameters;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
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

/** What happens, as it happens. */
@Path("/v1/events")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events", description = "What happens, as it happens.")
public class EventsResource {

  private final EventRequests requests;

  EventsResource(EventRequests requests) {
    this.requests = requests;
  }

  @GET
  @Blocking
  @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
  @ResponseHeader(name = "X-Accel-Buffering", value = "no")
  @Operation(
      operationId = "followEvents",
      summary = "Follow the events",
      description =
          "Server-sent events; data is one CloudEvents 1.0 object. A client that was away resumes by"
              + " Last-Event-ID; when the events after it are forgotten, the first event is gap.")
  @APIResponse(
      responseCode = "200",
      description = "Events without end.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = CloudEvent.class)))
  public Multi<OutboundSseEvent> follow(
      @Context Sse sse,
      @Parameter(
              description = "Types, separated by commas; * stands for any characters.",
              example = "run.*,job.paused")
          @QueryParam("types")
          String types,
      @Parameter(description = "Only events of this job.") @QueryParam("job") String job,
      @Parameter(description = "Only events of jobs with this tag.") @QueryParam("tag") String tag,
      @Parameter(description = "The last event that is known already; of the two the header wins.")
          @QueryParam("after")
          String after,
      @Parameter(description = "The last event that is known already.")
          @HeaderParam("Last-Event-ID")
          String lastEventId) {
    Parameters query = new Parameters();
    Optional<String> jobId = query.jobId("job", job);
    return requests.open(query, types, jobId, tag, after, lastEventId, sse);
  }
}
