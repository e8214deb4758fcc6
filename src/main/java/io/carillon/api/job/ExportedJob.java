package io.carillon.api.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.carillon.api.json.Document;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job as a copy keeps it: its definition, and that it is paused. */
@Schema(
    name = "ExportedJob",
    description = "A job's definition; its signing secret, if it has one, as whsec_****.")
public record ExportedJob(
    @JsonUnwrapped JobDocument definition,
    @Schema(description = "Only where the job is paused.") JobState state,
    @Schema(description = "Only where the job is paused.") PauseView pause)
    implements Document {

  static ExportedJob of(Job job) {
    return new ExportedJob(
        JobDocument.of(job.id(), job.definition(), Secrets.masked(job.definition())),
        job.pause().map(pause -> job.state()).orElse(null),
        job.pause().map(PauseView::of).orElse(null));
  }
}
