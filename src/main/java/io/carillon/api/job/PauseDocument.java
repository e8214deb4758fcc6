package io.carillon.api.job;

import io.carillon.api.json.Document;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** Why and until when to pause, as it is written in JSON. */
@Schema(name = "PauseRequest")
public record PauseDocument(
    @CodePointLength(max = PauseDocument.LONGEST_REASON, message = PauseDocument.REASON_TOO_LONG)
        @Schema(maxLength = PauseDocument.LONGEST_REASON)
        String reason,
    @Schema(
            description =
                "When to resume by itself; left out: never. Without a reason and an end, a job that is paused already stays paused as it was.")
        Instant until)
    implements Document {

  static final int LONGEST_REASON = 500;
  static final String REASON_TOO_LONG = "must have at most " + LONGEST_REASON + " characters";

  static final PauseDocument EMPTY = new PauseDocument(null, null);
}
