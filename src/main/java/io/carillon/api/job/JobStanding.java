package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.api.run.RunView;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the server has to say about a job; none of it is accepted from callers. */
@Schema(name = "JobStanding", description = "What the server has to say about a job.")
public record JobStanding(
    @Schema(readOnly = true) JobState state,
    @Schema(readOnly = true, description = "Present while the job is paused.") PauseView pause,
    @Schema(readOnly = true, description = "Moves when the definition or the state changes.")
        Long revision,
    @Schema(readOnly = true) Instant createdAt,
    @Schema(readOnly = true) Instant updatedAt,
    @Schema(readOnly = true, description = "The next occurrence, without jitter, if there is one.")
        Instant nextRunAt,
    @Schema(readOnly = true, description = "The run that ended last; skipped ones do not count.")
        RunView lastRun,
    @Schema(readOnly = true, description = "Runs since the job's creation.") CountersView counters)
    implements Document {

  static JobStanding of(Job job) {
    return new JobStanding(
        job.state(),
        job.pause().map(PauseView::of).orElse(null),
        job.revision(),
        job.createdAt(),
        job.updatedAt(),
        job.nextRunAt().orElse(null),
        job.lastRun().map(RunView::of).orElse(null),
        CountersView.of(job.counters()));
  }
}
