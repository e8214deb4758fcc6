package io.carillon.api.job;

import io.carillon.api.DocumentSize;
import io.carillon.api.Examples;
import io.carillon.api.MaxBytes;
import io.carillon.api.json.Binder;
import io.carillon.api.json.Json;
import io.carillon.api.problem.ProblemDocument;
import io.carillon.api.problem.ProblemKind;
import io.carillon.api.problem.Problems;
import io.carillon.engine.JobRequest;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.Precondition;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.Job;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Many jobs in one request, each accepted or refused by itself. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Many jobs")
public class BatchResource {

  private static final Logger LOG = Logger.getLogger(BatchResource.class);

  private final Binder binder;
  private final Drafts drafts;
  private final Jobs jobs;
  private final NewJobIds newIds;

  BatchResource(Binder binder, Drafts drafts, Jobs jobs, NewJobIds newIds) {
    this.binder = binder;
    this.drafts = drafts;
    this.jobs = jobs;
    this.newIds = newIds;
  }

  @POST
  @Path("/batch")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putJobs",
      summary = "Create or replace many jobs",
      description =
          "At most 1,000 of at most 1 MiB each, 8 MiB in all, in the order given; each is accepted or"
              + " refused by itself.")
  @APIResponseSchema(BatchResults.class)
  public BatchResults accept(
      @MaxBytes(DocumentSize.OF_MANY)
          @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = BatchDocument.class),
                      examples = @ExampleObject(name = "batch", value = Examples.BATCH)))
          Json body) {
    List<Json> items = binder.bind(body, BatchDocument.class).jobs();
    BatchResult[] results = new BatchResult[items.size()];
    List<Integer> accepted = new ArrayList<>();
    List<JobRequest> requests = new ArrayList<>();
    for (int i = 0; i < results.length; i++) {
      try {
        requests.add(request(items.get(i)));
        accepted.add(i);
      } catch (RuntimeException refusal) {
        results[i] = refused(i, refusal);
      }
    }
    List<Changed> changes = jobs.putAll(requests);
    for (int n = 0; n < requests.size(); n++) {
      int i = accepted.get(n);
      results[i] = result(i, items.get(i), requests.get(n).id(), changes.get(n));
    }
    return new BatchResults(List.of(results));
  }

  private JobRequest request(Json item) {
    Draft draft = drafts.ofItem(item);
    return draft
        .id()
        .map(id -> draft.request(id, Precondition.NONE))
        .orElseGet(() -> draft.request(newIds.next(), Precondition.NEW_ID));
  }

  private static BatchResult result(int index, Json item, String id, Changed changed) {
    try {
      Job job = Outcomes.job(changed, id);
      JobView view = Secrets.areMadeFor(item) ? JobView.revealing(job) : JobView.of(job);
      return new BatchResult(index, changed instanceof Changed.Created ? 201 : 200, view, null);
    } catch (RuntimeException refusal) {
      return refused(index, refusal);
    }
  }

  private static BatchResult refused(int index, RuntimeException refusal) {
    // As with a job put by itself: nobody else tells of a refusal.
    if (refusal instanceof StoreUnavailable unavailable && unavailable.refused()) {
      LOG.errorf(refusal, "job of a batch refused by the store index=%s", index);
    }
    HttpProblem problem = Problems.of(refusal).orElseGet(() -> surprise(index, refusal));
    return new BatchResult(index, problem.getStatusCode(), null, ProblemDocument.of(problem));
  }

  private static HttpProblem surprise(int index, RuntimeException failure) {
    LOG.errorf(failure, "job of a batch failed index=%s", index);
    return ProblemKind.INTERNAL_ERROR.problem(ProblemKind.INTERNAL_ERROR.meaning());
  }
}
