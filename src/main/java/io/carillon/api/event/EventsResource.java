package io.carillon.api.event;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.api.problem.ProblemKind;
import io.carillon.engine.EventLog;
import io.carillon.engine.JobStore;
import io.carillon.schedule.EventTypes;
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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** What happens, as it happens. */
@Path("/v1")
@Produces(MediaType.SERVER_SENT_EVENTS)
@Tag(name = "Events", description = "What happens, as it happens.")
public class EventsResource {

  private final EventStreams streams;
  private final EventLog log;
  private final JobStore store;

  EventsResource(EventStreams streams, EventLog log, JobStore store) {
    this.streams = streams;
    this.log = log;
    this.store = store;
  }

  @GET
  @Path("/events")
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
    return open(query, types, jobId, tag, after, lastEventId, sse);
  }

  @GET
  @Path("/jobs/{id}/events")
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
    return open(new Parameters(), types, Optional.of(id), null, after, lastEventId, sse);
  }

  private Multi<OutboundSseEvent> open(
      Parameters query,
      String types,
      Optional<String> jobId,
      String tag,
      String after,
      String lastEventId,
      Sse sse) {
    EventFilter filter = new EventFilter(patterns(query, types), jobId, query.tag("tag", tag));
    Optional<String> from =
        position(query, "Last-Event-ID", lastEventId).or(() -> position(query, "after", after));
    query.check();
    return streams.open(filter, from).map(frame -> frame.toEvent(sse));
  }

  private static List<String> patterns(Parameters query, String types) {
    if (types == null) {
      return List.of();
    }
    List<String> patterns = Arrays.stream(types.split(",", -1)).map(String::strip).toList();
    patterns.stream()
        .filter(pattern -> !EventTypes.known(pattern))
        .forEach(
            pattern ->
                query.add("types", Codes.UNKNOWN, Quoted.of(pattern) + " matches no event type."));
    return patterns;
  }

  private Optional<String> position(Parameters query, String name, String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (!log.isPosition(text)) {
      query.add(name, Codes.MALFORMED, Quoted.of(text) + " is no position in the stream.");
    }
    return Optional.of(text);
  }
}
