package io.carillon.api.job;

import io.carillon.api.EntityTags;
import io.carillon.api.Examples;
import io.carillon.api.Parameters;
import io.carillon.api.json.Json;
import io.carillon.engine.Jobs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Stops a job's occurrences and lets them happen again. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
public class PauseResource {

  private final Jobs jobs;
  private final Pauses pauses;

  PauseResource(Jobs jobs, Pauses pauses) {
    this.jobs = jobs;
    this.pauses = pauses;
  }

  @POST
  @Path("/{id}/pause")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "pauseJob",
      summary = "Pause a job",
      description =
          "No occurrence happens until it is resumed; accepted runs go on. A completed job has nothing"
              + " to pause: 409. The body may be left out.")
  @APIResponseSchema(JobView.class)
  public Response pause(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Pause only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch,
      @RequestBody(
              required = false,
              content =
                  @Content(
                      schema = @Schema(implementation = PauseDocument.class),
                      examples = @ExampleObject(name = "pause", value = Examples.PAUSE)))
          Json body) {
    PauseDocument wanted = pauses.read(body);
    return Outcomes.answer(
        jobs.pause(
            Parameters.jobId(id),
            Optional.ofNullable(wanted.reason()),
            Optional.ofNullable(wanted.until()),
            EntityTags.ifMatch(ifMatch)),
        id,
        JobView::of);
  }

  @POST
  @Path("/{id}/resume")
  @Operation(
      operationId = "resumeJob",
      summary = "Resume a job",
      description =
          "Its occurrences happen again from now on; those of a row that fell into the pause are none."
              + " A one-off that did, an instant of a once schedule or the run on creation, runs now"
              + " by the job's misfire policy.")
  @APIResponseSchema(JobView.class)
  public Response resume(
      @Parameter(example = Examples.JOB_ID) @PathParam("id") String id,
      @Parameter(description = "Resume only if the job has this ETag.") @HeaderParam("If-Match")
          String ifMatch) {
    return Outcomes.answer(
        jobs.resume(Parameters.jobId(id), EntityTags.ifMatch(ifMatch)), id, JobView::of);
  }
}
