package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violations;
import io.carillon.job.Pause;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Why, since when and until when a job is paused, as it is written in JSON. */
@Schema(name = "Pause")
public record PauseView(
    @CodePointLength(max = PauseDocument.LONGEST_REASON, message = PauseDocument.REASON_TOO_LONG)
        @Schema(maxLength = PauseDocument.LONGEST_REASON)
        String reason,
    Instant since,
    @Schema(description = "When it resumes by itself; absent: never.") Instant until)
    implements Document, SelfChecking {

  static PauseView of(Pause pause) {
    return new PauseView(pause.reason().orElse(null), pause.since(), pause.until().orElse(null));
  }

  @Override
  public void check(Pointer at, Violations found) {
    Epoch.check(since, at.member("since"), found);
  }

  /** This pause, of a job that is made now. */
  Pause toPause(Instant now) {
    Instant began = Optional.ofNullable(since).filter(now::isAfter).orElse(now);
    return new Pause(Optional.ofNullable(reason), began, Optional.ofNullable(until));
  }
}
