package io.carillon.api.run;

import io.carillon.api.EntityTags;
import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.Repetitions;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.json.JsonText;
import io.carillon.api.problem.ProblemKind;
import io.carillon.engine.JobStore;
import io.carillon.engine.Precondition;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.job.Job;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
  private final JobStore store;
  private final RunLedger ledger;
  private final Repetitions repetitions;
  private final InstantSource clock;
  private final RandomGenerator random;

  RunNowResource(
      Binder binder,
      JobStore store,
      RunLedger ledger,
      Repetitions repetitions,
      InstantSource clock,
      RandomGenerator random) {
    this.binder = binder;
    this.store = store;
    this.ledger = ledger;
    this.repetitions = repetitions;
    this.clock = clock;
    this.random = random;
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
      description = "A limit refuses it, or the first request with its key is still in progress.")
  public Response run(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Run only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch,
      @Parameter(description = Repetitions.KEY_MEANING) @HeaderParam(Repetitions.KEY) String key,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      schema = @Schema(implementation = RunNowDocument.class),
                      examples = @ExampleObject(name = "run", value = Examples.RUN)))
          Json body) {
    String operation = "run " + Parameters.jobId(id);
    return repetitions.once(key, operation, body, () -> run(id, ifMatch, body));
  }

  private Response run(String id, String ifMatch, Json body) {
    RunNowDocument wanted =
        body == null || body == Json.Nothing.REMOVED
            ? RunNowDocument.EMPTY
            : binder.bind(body, RunNowDocument.class);
    Job job = store.find(id).orElseThrow(() -> absent(id));
    Precondition required = EntityTags.ifMatch(ifMatch);
    if (!required.holds(Optional.of(job))) {
      throw EntityTags.mismatch(id, required, Optional.of(job.revision()));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    RunId runId = RunId.byHand(id, job.incarnation(), now, draw());
    Optional<String> payload = Optional.ofNullable(wanted.payload()).map(JsonText::of);
    Acceptance acceptance = ledger.accept(new ByHand(runId, now, payload));
    if (acceptance instanceof Acceptance.Refused refused) {
      throw Refusals.byLimit(refused);
    }
    if (!(acceptance instanceof Acceptance.Accepted accepted)) {
      throw absent(id);
    }
    Run run = accepted.run();
    return Response.accepted(RunView.of(run))
        .location(URI.create("/v1/jobs/" + id + "/runs/" + runId))
        .build();
  }

  /** Tells apart what is asked for in one millisecond. */
  private String draw() {
    return Long.toString(random.nextLong(1L << 40), Character.MAX_RADIX);
  }

  private static HttpProblem absent(String id) {
    return ProblemKind.NOT_FOUND.problem("Job " + id + " does not exist.");
  }
}
