package io.carillon.api.job;

import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.problem.Problems;
import io.carillon.api.schedule.Foresight;
import io.carillon.api.schedule.NextRuns;
import io.carillon.engine.JobStore;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells when a job will run. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules")
public class NextRunsResource {

  private final JobStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  NextRunsResource(JobStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  @GET
  @Path("/{id}/next-runs")
  @Operation(
      operationId = "nextRuns",
      summary = "Tell a job's next runs",
      description =
          "Nominal times, without jitter. What chance or the end of a run decides is told one by one"
              + " only; of a paused job, what follows the end of its pause.")
  @APIResponseSchema(NextRuns.class)
  public NextRuns nextRuns(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(
              description = "How many at most; more than 1,000 are cut to 1,000.",
              schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "10"))
          @QueryParam("count")
          String count,
      @Parameter(
              description = "Runs after this instant are told; left out: now.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @QueryParam("from")
          String from) {
    Parameters query = new Parameters();
    int most = query.count("count", count, Foresight.USUAL, Foresight.MOST);
    Instant after = query.instant("from", from).orElseGet(clock::instant);
    query.check();
    Job job = store.find(Parameters.jobId(id)).orElseThrow(() -> Problems.absentJob(id));
    return NextRuns.of(
        runs(job, after, Math.min(most, left(job))), job.definition().schedule().zone());
  }

  private List<Instant> runs(Job job, Instant after, int count) {
    Optional<Instant> begin =
        switch (job.state()) {
          case ACTIVE -> Optional.of(after);
          case PAUSED -> job.pause().flatMap(Pause::until).map(until -> later(until, after));
          case COMPLETED -> Optional.empty();
        };
    boolean drawnAlready =
        job.state() == JobState.ACTIVE && Foresight.reach(job.definition().schedule()) == 1;
    if (drawnAlready) {
      return job.nextRunAt().filter(after::isBefore).stream().toList();
    }
    return begin
        .map(start -> Foresight.occurrences(job.timetable(), start, count, random))
        .orElse(List.of());
  }

  /** How many occurrences {@code maxRuns} leaves. */
  private static int left(Job job) {
    return job.definition()
        .maxRuns()
        .map(most -> (int) (most - job.accepted()))
        .orElse(Foresight.MOST);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
