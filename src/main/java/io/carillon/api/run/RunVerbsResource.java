package io.carillon.api.run;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.Report;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be done about a single run. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunVerbsResource {

  private final Binder binder;
  private final RunLedger ledger;

  RunVerbsResource(Binder binder, RunLedger ledger) {
    this.binder = binder;
    this.ledger = ledger;
  }

  @POST
  @Path("/{id}/runs/{runId}/cancel")
  @Operation(
      operationId = "cancelRun",
      summary = "Cancel a run",
      description = "It ends at once; where its webhook is under way, the connection is dropped.")
  @APIResponse(
      responseCode = "202",
      description = "Cancelled.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  @APIResponse(responseCode = "409", description = "It has ended already.")
  public Response cancel(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(example = Examples.RUN_ID) @PathParam("runId") String runId) {
    RunId run = Parameters.runId(Parameters.jobId(id), runId);
    if (!ledger.cancel(run)) {
      throw hasEnded(known(run));
    }
    return Response.accepted(RunView.of(known(run))).build();
  }

  @POST
  @Path("/{id}/runs/{runId}/redeliver")
  @Operation(
      operationId = "redeliverRun",
      summary = "Redeliver an ended run",
      description =
          "Under the same id, with the next attempt; the new outcome replaces the old one. It obeys the"
              + " limits, as a run by hand does.")
  @APIResponse(
      responseCode = "202",
      description = "Accepted.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  @APIResponse(
      responseCode = "409",
      description = "It has not ended, never ran, or a limit refuses it.")
  public Response redeliver(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(example = Examples.RUN_ID) @PathParam("runId") String runId) {
    RunId run = Parameters.runId(Parameters.jobId(id), runId);
    Acceptance acceptance = ledger.redeliver(run);
    if (acceptance instanceof Acceptance.Accepted accepted) {
      return Response.accepted(RunView.of(accepted.run())).build();
    } else if (acceptance instanceof Acceptance.Refused refused) {
      throw Refusals.byLimit(refused);
    } else if (acceptance instanceof Acceptance.StillActive) {
      throw ProblemKind.CONFLICT.problem("The run has not ended yet.");
    }
    throw ProblemKind.CONFLICT.problem(
        "The run is " + known(run).state().word() + " and has nothing to deliver again.");
  }

  @POST
  @Path("/{id}/runs/{runId}/complete")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "completeRun",
      summary = "Report how a run's work ended",
      description =
          "For jobs with completion: callback, from the beginning of the attempt on. The receiver finds"
              + " this URL, with the run's own token, in the header carillon-complete-url. A reported"
              + " failure ends the run without retry.")
  @APIResponseSchema(RunView.class)
  @APIResponse(responseCode = "403", description = "The token does not belong to this run.")
  @APIResponse(
      responseCode = "409",
      description = "It has ended already, or nobody waits for a report on it.")
  public RunView complete(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(example = Examples.RUN_ID) @PathParam("runId") String runId,
      @Parameter(description = "The run's own token, which stands for any other credentials.")
          @QueryParam("token")
          String token,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = ReportDocument.class),
                      examples = @ExampleObject(name = "report", value = Examples.REPORT)))
          Json body) {
    RunId run = Parameters.runId(Parameters.jobId(id), runId);
    Report report =
        binder.bind(body, ReportDocument.class).toReport(run, Optional.ofNullable(token));
    return switch (ledger.complete(report)) {
      case TAKEN -> RunView.of(known(run));
      case ENDED -> throw hasEnded(known(run));
      case FORBIDDEN ->
          throw ProblemKind.FORBIDDEN.problem("The token does not belong to this run.");
      case UNEXPECTED -> throw ProblemKind.CONFLICT.problem("The run does not await a completion.");
    };
  }

  private Run known(RunId id) {
    return ledger.find(id).orElseThrow(() -> Problems.absentRun(id.jobId(), id.toString()));
  }

  private static HttpProblem hasEnded(Run run) {
    return ProblemKind.CONFLICT.problem("The run has ended: " + run.state().word() + ".");
  }
}
