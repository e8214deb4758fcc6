package io.carillon.api.run;

import io.carillon.api.EntityTags;
import io.carillon.api.Examples;
import io.carillon.api.Idempotency;
import io.carillon.api.IdempotencyHeader;
import io.carillon.api.Parameters;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonText;
import io.carillon.job.Run;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs a job by hand. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunNowResource {

  private final Binder binder;
  private final ManualRuns runs;
  private final Idempotency idempotency;

  RunNowResource(Binder binder, ManualRuns runs, Idempotency idempotency) {
    this.binder = binder;
    this.runs = runs;
    this.idempotency = idempotency;
  }

  @POST
  @Path("/{id}/run")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "runJob",
      summary = "Run a job now",
      description =
          "Its schedule is untouched; a paused or completed job runs too. The body may be left out.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted; Location tells where to look after it.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  @APIResponse(
      responseCode = "409",
      description = "A limit refuses it, or another request with its key is still in progress.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = IdempotencyHeader.NAME,
      description = Idempotency.KEY_MEANING,
      schema = @Schema(type = SchemaType.STRING))
  public Response run(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Run only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch,
      @Context HttpHeaders headers,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      schema = @Schema(implementation = RunNowDocument.class),
                      examples = @ExampleObject(name = "run", value = Examples.RUN)))
          Json body) {
    Optional<String> key = IdempotencyHeader.key(headers);
    Json given = body == null ? Json.Nothing.REMOVED : body;
    ManualRun wanted =
        new ManualRun(Parameters.jobId(id), EntityTags.ifMatch(ifMatch), payload(given));
    return key.map(one -> once(one, wanted, given))
        .orElseGet(() -> accepted(runs.accept(wanted)).build());
  }

  private Optional<String> payload(Json body) {
    RunNowDocument document =
        body == Json.Nothing.REMOVED
            ? RunNowDocument.EMPTY
            : binder.bind(body, RunNowDocument.class);
    return Optional.ofNullable(document.payload()).map(JsonText::of);
  }

  private Response once(String key, ManualRun wanted, Json body) {
    String operation = "run " + wanted.jobId();
    return idempotency.once(key, operation, body, runs.once(wanted), RunNowResource::accepted);
  }

  private static ResponseBuilder accepted(Run run) {
    return Response.accepted(RunView.of(run))
        .location(URI.create("/v1/jobs/" + run.id().jobId() + "/runs/" + run.id()));
  }
}
