package io.carillon.api.job;

import io.carillon.api.Parameters;
import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.engine.JobFilter;
import io.carillon.job.Job;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** All definitions, to be kept elsewhere and brought back. */
@Path("/v1/jobs")
@Tag(name = "Many jobs")
public class ExportResource {

  private static final String ND_JSON = "application/x-ndjson";

  private final AllJobs all;

  ExportResource(AllJobs all) {
    this.all = all;
  }

  @GET
  @Path("/export")
  @Produces(ND_JSON)
  @Operation(
      operationId = "exportJobs",
      summary = "Export every definition",
      description =
          "One JSON object a line, as PUT and batch accept them: a job's definition and, if it is paused,"
              + " its pause. A signing secret is masked: sent back, the mask keeps the stored one, and is"
              + " refused where there is none. Where its id is free, a job that is brought back begins"
              + " anew, without counters and history; one whose every time has passed is refused.")
  @APIResponse(
      responseCode = "200",
      description = "One definition a line.",
      content = @Content(mediaType = ND_JSON, schema = @Schema(implementation = ExportedJob.class)))
  public StreamingOutput export(@BeanParam FilterParameters filters) {
    Parameters query = new Parameters();
    JobFilter filter = filters.read(query);
    query.check();
    return out -> all.forEach(filter, job -> write(job, out));
  }

  private static void write(Job job, OutputStream out) {
    String line = JsonText.of(Rendering.of(ExportedJob.of(job))) + '\n';
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
