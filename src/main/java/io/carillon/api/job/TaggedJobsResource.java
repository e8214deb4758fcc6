package io.carillon.api.job;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.json.Json;
import io.carillon.engine.JobFilter;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.Precondition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * What can be done at once to all jobs that filters find. A job that was found is changed only if
 * it is found still: another request may have changed it while the jobs before it had their turn.
 */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Many jobs", description = "Make, change, delete and export many jobs at once.")
public class TaggedJobsResource {

  private static final String DRY_RUN = "true: only count them, change nothing.";

  private final Jobs jobs;
  private final AllJobs all;
  private final Pauses pauses;

  TaggedJobsResource(Jobs jobs, AllJobs all, Pauses pauses) {
    this.jobs = jobs;
    this.all = all;
    this.pauses = pauses;
  }

  @DELETE
  @Operation(
      operationId = "deleteTaggedJobs",
      summary = "Delete every job that the filters find",
      description = "At least one filter is required.")
  @APIResponseSchema(DeletedCount.class)
  public DeletedCount delete(
      @BeanParam FilterParameters filters,
      @Parameter(description = DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("dryRun")
          String dryRun) {
    return new DeletedCount(
        count(filters, dryRun, job -> true, jobs::delete, Changed.Deleted.class));
  }

  @POST
  @Path("/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pauseTaggedJobs",
      summary = "Pause every job that the filters find",
      description =
          "At least one filter is required. Completed jobs are passed over. The body may be left out.")
  @APIResponseSchema(ChangedCount.class)
  public ChangedCount pause(
      @BeanParam FilterParameters filters,
      @Parameter(description = DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("dryRun")
          String dryRun,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      schema = @Schema(implementation = PauseDocument.class),
                      examples = @ExampleObject(name = "pause", value = Examples.PAUSE)))
          Json body) {
    PauseDocument wanted = pauses.read(body);
    Optional<String> reason = Optional.ofNullable(wanted.reason());
    Optional<Instant> until = Optional.ofNullable(wanted.until());
    return new ChangedCount(
        count(
            filters,
            dryRun,
            job -> Jobs.wouldPause(job, reason, until),
            (id, matching) -> jobs.pause(id, reason, until, matching),
            Changed.Updated.class));
  }

  @POST
  @Path("/resume")
  @Operation(
      operationId = "resumeTaggedJobs",
      summary = "Resume every job that the filters find",
      description = "At least one filter is required.")
  @APIResponseSchema(ChangedCount.class)
  public ChangedCount resume(
      @BeanParam FilterParameters filters,
      @Parameter(description = DRY_RUN, schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("dryRun")
          String dryRun) {
    return new ChangedCount(
        count(
            filters,
            dryRun,
            job -> job.state() == JobState.PAUSED,
            jobs::resume,
            Changed.Updated.class));
  }

  private long count(
      FilterParameters filters,
      String dryRun,
      Predicate<Job> wouldChange,
      BiFunction<String, Precondition, Changed> change,
      Class<? extends Changed> counted) {
    Parameters query = new Parameters();
    JobFilter filter = filters.readSome(query);
    boolean onlyCounts = query.flag("dryRun", dryRun);
    query.check();
    Precondition matching = new Precondition.MustMatch(filter);
    AtomicLong count = new AtomicLong();
    all.forEach(
        filter,
        job -> {
          if (onlyCounts
              ? wouldChange.test(job)
              : counted.isInstance(change.apply(job.id(), matching))) {
            count.incrementAndGet();
          }
        });
    return count.get();
  }
}
