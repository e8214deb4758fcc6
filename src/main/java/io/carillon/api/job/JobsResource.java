package io.carillon.api.job;

import io.carillon.api.DocumentSize;
import io.carillon.api.EntityTags;
import io.carillon.api.Examples;
import io.carillon.api.Idempotency;
import io.carillon.api.IdempotencyHeader;
import io.carillon.api.JobIds;
import io.carillon.api.JsonBodyReader;
import io.carillon.api.MaxBytes;
import io.carillon.api.Parameters;
import io.carillon.api.json.Json;
import io.carillon.api.problem.Problems;
import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.Precondition;
import io.carillon.job.Job;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Jobs, one by one, and the list of them. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs", description = "Register, read, change and delete jobs.")
public class JobsResource {

  private final Jobs jobs;
  private final JobStore store;
  private final Drafts drafts;
  private final NewJobIds newIds;
  private final Idempotency idempotency;

  JobsResource(
      Jobs jobs, JobStore store, Drafts drafts, NewJobIds newIds, Idempotency idempotency) {
    this.jobs = jobs;
    this.store = store;
    this.drafts = drafts;
    this.newIds = newIds;
    this.idempotency = idempotency;
  }

  @GET
  @Operation(
      operationId = "listJobs",
      summary = "List jobs",
      description =
          "Page by page; all given filters must match. A page ends early, perhaps empty, where few of"
              + " many jobs match: only without a nextPageToken is it the last one.")
  @APIResponseSchema(JobList.class)
  public JobList list(
      @BeanParam FilterParameters filters,
      @Parameter(
              description =
                  "By id, or by nextRunAt: the soonest first, jobs that have none left out.",
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"id", "nextRunAt"},
                      defaultValue = "id"))
          @QueryParam("sort")
          String sort,
      @Parameter(
              description = "How many at most; more than 500 are cut to 500.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "50"))
          @QueryParam("pageSize")
          String pageSize,
      @Parameter(
              description =
                  "nextPageToken of the page before, in the same order and with the same"
                      + " filters.")
          @QueryParam("pageToken")
          String pageToken) {
    Parameters query = new Parameters();
    JobFilter filter = filters.read(query);
    JobSort order = query.word("sort", sort, JobSort.class).orElse(JobSort.ID);
    int size = query.pageSize(pageSize);
    Optional<JobPlace> after = query.pageToken(pageToken, token -> place(token, order));
    query.check();
    return JobList.of(store.list(filter, order, size, after));
  }

  private static Optional<JobPlace> place(String token, JobSort order) {
    return JobPlace.parse(token)
        .filter(place -> place.isIn(order) && JobIds.isWellFormed(place.id()));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "createJob",
      summary = "Create a job",
      description = "The server gives it an id, later ones greater than earlier ones.")
  @APIResponse(
      responseCode = "201",
      description = "Created; Location tells where, ETag its revision.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(
      responseCode = "409",
      description = "Another request with its Idempotency-Key is still in progress.")
  @Parameter(
      in = ParameterIn.HEADER,
      name = IdempotencyHeader.NAME,
      description = Idempotency.KEY_MEANING,
      schema = @Schema(type = SchemaType.STRING))
  public Response create(
      @Context HttpHeaders headers,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = JobDocument.class),
                      examples = @ExampleObject(name = "job", value = Examples.JOB)))
          @MaxBytes(DocumentSize.OF_MANY)
          Json body) {
    Optional<String> key = IdempotencyHeader.key(headers);
    Draft draft = drafts.ofNew(body);
    return key.map(
            given ->
                idempotency.once(
                    given,
                    "create",
                    body,
                    new IdempotentCreation(jobs, store, newIds, draft),
                    job -> Outcomes.created(job, view(body))))
        .orElseGet(() -> create(draft, body));
  }

  private Response create(Draft draft, Json body) {
    String id = newIds.next();
    return Outcomes.answer(jobs.put(draft.request(id, Precondition.NEW_ID)), id, view(body));
  }

  @GET
  @Path("/{id}")
  @Operation(operationId = "readJob", summary = "Read a job")
  @APIResponse(
      responseCode = "200",
      description = "The job; ETag tells its revision.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(responseCode = "304", description = "It is as you know it.")
  public Response read(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "The ETag of the job as you know it.") @HeaderParam("If-None-Match")
          String ifNoneMatch) {
    Job job = store.find(Parameters.jobId(id)).orElseThrow(() -> Problems.absentJob(id));
    return EntityTags.isKnown(job.revision(), ifNoneMatch)
        ? Response.notModified(Outcomes.tag(job)).build()
        : Response.ok(JobView.of(job)).tag(Outcomes.tag(job)).build();
  }

  @PUT
  @Path("/{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putJob",
      summary = "Create or replace a job",
      description =
          "Replacing keeps its counters, its history and its pause. An answer of GET and a line of the"
              + " export may be sent back as they are; if there is no job with their id any more, one is"
              + " made, and it is paused if they say so.")
  @APIResponse(
      responseCode = "200",
      description = "Replaced.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(
      responseCode = "201",
      description = "Created.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  public Response put(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Replace only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch,
      @Parameter(description = "*: create only.") @HeaderParam("If-None-Match") String ifNoneMatch,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = JobDocument.class),
                      examples = @ExampleObject(name = "job", value = Examples.JOB)))
          @MaxBytes(DocumentSize.OF_MANY)
          Json body) {
    Precondition precondition = EntityTags.ifMatchOrNoneMatch(ifMatch, ifNoneMatch);
    Draft draft = drafts.of(Parameters.jobId(id), body);
    return Outcomes.answer(jobs.put(draft.request(id, precondition)), id, view(body));
  }

  @PATCH
  @Path("/{id}")
  @Consumes({JsonBodyReader.MERGE_PATCH, MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "patchJob",
      summary = "Change a job",
      description =
          "JSON merge patch (RFC 7396): members named are set, those that are null removed. A schedule"
              + " of another type replaces the present one whole.")
  @APIResponseSchema(JobView.class)
  public Response patch(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Change only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch,
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = JobDocument.class),
                      examples = @ExampleObject(name = "patch", value = Examples.PATCH)))
          @MaxBytes(DocumentSize.OF_MANY)
          Json body) {
    Precondition precondition = EntityTags.ifMatch(ifMatch);
    Parameters.jobId(id);
    Changed changed = jobs.patch(id, current -> drafts.ofPatch(id, current, body), precondition);
    return Outcomes.answer(changed, id, view(body));
  }

  @DELETE
  @Path("/{id}")
  @Operation(
      operationId = "deleteJob",
      summary = "Delete a job",
      description = "Its accepted runs are dropped, its history is forgotten.")
  @APIResponse(responseCode = "204", description = "Deleted.")
  public void delete(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Delete only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch) {
    Changed changed = jobs.delete(Parameters.jobId(id), EntityTags.ifMatch(ifMatch));
    if (!(changed instanceof Changed.Deleted)) {
      throw Outcomes.refusal(changed, id);
    }
  }

  /** A secret made just now is shown, in this answer only. */
  private static Function<Job, JobView> view(Json body) {
    return Secrets.areMadeFor(body) ? JobView::revealing : JobView::of;
  }
}
