package io.carillon.api.run;

import io.carillon.api.PageToken;
import io.carillon.api.Parameters;
import io.carillon.api.json.Codes;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Failures;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What went wrong lately, whichever job it was. */
@Path("/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class FailedRunsResource {

  private static final String FAILED = "failed";
  private static final Pattern POSITION = Pattern.compile("\\d{1,19}-\\d{1,19}");

  private final RunLedger ledger;

  FailedRunsResource(RunLedger ledger) {
    this.ledger = ledger;
  }

  @GET
  @Operation(
      operationId = "listFailedRuns",
      summary = "List failed runs of all jobs",
      description =
          "Latest failure first, as far as they are still known. Only failures are kept track of across"
              + " jobs, so the state must be failed. A page may hold fewer runs than asked for; the"
              + " end is where there is no nextPageToken.")
  @APIResponseSchema(RunList.class)
  public RunList list(
      @Parameter(
              required = true,
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {FAILED}))
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
    if (state == null) {
      query.add("state", Codes.REQUIRED, "state=failed is required.");
    } else if (!state.equals(FAILED)) {
      query.add("state", Codes.UNKNOWN, "The list across jobs requires state=failed.");
    }
    int size = query.pageSize(pageSize);
    Optional<String> before =
        query.pageToken(pageToken, token -> Optional.of(token).filter(POSITION.asMatchPredicate()));
    query.check();
    Failures failures = ledger.failures(before, size);
    return new RunList(
        failures.runs().stream().map(RunView::of).toList(),
        failures.next().map(PageToken::of).orElse(null));
  }
}
