package io.carillon.api.run;

import io.carillon.api.json.Document;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A run, as it is written in JSON. */
@Schema(name = "Run", description = "One accepted or skipped occurrence, or one run by hand.")
public record RunView(
    @Schema(examples = "billing-nightly_mi8z3kq0_1763791200000") String id,
    @Schema(examples = "billing-nightly") String jobId,
    Trigger trigger,
    RunState state,
    @Schema(description = "The nominal time, without jitter.") Instant scheduledAt,
    @Schema(description = "When its first attempt began.") Instant startedAt,
    Instant finishedAt,
    @Schema(description = "The first attempt's beginning less the scheduled time.") Long latenessMs,
    @Schema(description = "Why it ended as it did, or waits.", examples = "http-500") String reason,
    @Schema(description = "How many missed occurrences a skipped run stands for.") Integer missed,
    @Schema(description = "Oldest first.") List<AttemptView> attempts)
    implements Document {

  public static RunView of(Run run) {
    return new RunView(
        run.id().toString(),
        run.id().jobId(),
        run.trigger(),
        run.state(),
        run.scheduledAt(),
        run.startedAt().orElse(null),
        run.finishedAt().orElse(null),
        run.lateness().map(Duration::toMillis).orElse(null),
        run.reason().orElse(null),
        run.missed() == 0 ? null : run.missed(),
        run.attempts().stream().map(AttemptView::of).toList());
  }
}
