package io.carillon.api.run;

import io.carillon.api.Examples;
import io.carillon.api.PageToken;
import io.carillon.api.Parameters;
import io.carillon.api.problem.Problems;
import io.carillon.engine.JobStore;
import io.carillon.engine.RunLedger;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What has become of a job's occurrences. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs", description = "What became of the occurrences.")
public class RunsResource {

  private final JobStore store;
  private final RunLedger ledger;

  RunsResource(JobStore store, RunLedger ledger) {
    this.store = store;
    this.ledger = ledger;
  }

  @GET
  @Path("/{id}/runs")
  @Operation(
      operationId = "listRuns",
      summary = "List a job's runs",
      description = "Newest scheduled time first: those under way and the latest that have ended.")
  @APIResponseSchema(RunList.class)
  public RunList list(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(
              description = "Only runs in this state.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {
                        "queued",
                        "ready",
                        "running",
                        "retrying",
                        "awaiting-completion",
                        "succeeded",
                        "failed",
                        "cancelled",
                        "skipped"
                      }))
          @QueryParam("state")
          String state,
      @Parameter(
              description = "How many at most; more than 500 are cut to 500.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "50"))
          @QueryParam("pageSize")
          String pageSize,
      @Parameter(description = "nextPageToken of the page before.") @QueryParam("pageToken")
          String pageToken) {
    Parameters query = new Parameters();
    Optional<RunState> wanted = query.word("state", state, RunState.class);
    int size = query.pageSize(pageSize);
    Optional<RunPosition> after = query.pageToken(pageToken, RunPosition::parse);
    query.check();
    requireJob(Parameters.jobId(id));
    List<Run> rest =
        ledger.runs(id).stream()
            .filter(run -> wanted.filter(only -> only != run.state()).isEmpty())
            .filter(run -> after.filter(end -> RunPosition.of(run).compareTo(end) <= 0).isEmpty())
            .sorted(Comparator.comparing(RunPosition::of))
            .toList();
    return page(rest, size);
  }

  @GET
  @Path("/{id}/runs/{runId}")
  @Operation(
      operationId = "readRun",
      summary = "Read a run",
      description = "Ended runs are forgotten after a while.")
  @APIResponseSchema(RunView.class)
  public RunView read(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(example = Examples.RUN_ID) @PathParam("runId") String runId) {
    RunId wanted = Parameters.runId(Parameters.jobId(id), runId);
    return ledger.find(wanted).map(RunView::of).orElseThrow(() -> Problems.absentRun(id, runId));
  }

  private void requireJob(String id) {
    if (store.find(id).isEmpty()) {
      throw Problems.absentJob(id);
    }
  }

  /** A page of the given size, and the token of the next one where there is more. */
  private static RunList page(List<Run> rest, int size) {
    List<RunView> runs = rest.stream().limit(size).map(RunView::of).toList();
    return rest.size() <= size
        ? new RunList(runs, null)
        : new RunList(runs, PageToken.of(RunPosition.of(rest.get(size - 1)).toString()));
  }
}
