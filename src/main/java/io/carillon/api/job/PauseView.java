package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.job.Pause;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why, since when and until when a job is paused, as it is written in JSON. */
@Schema(name = "Pause")
public record PauseView(
    String reason,
    Instant since,
    @Schema(description = "When it resumes by itself; absent: never.") Instant until)
    implements Document {

  static PauseView of(Pause pause) {
    return new PauseView(pause.reason().orElse(null), pause.since(), pause.until().orElse(null));
  }
}
