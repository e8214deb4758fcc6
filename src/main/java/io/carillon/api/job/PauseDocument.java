package io.carillon.api.job;

import io.carillon.api.json.Document;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why and until when to pause, as it is written in JSON. */
@Schema(name = "PauseRequest")
public record PauseDocument(
    @Size(max = 500, message = "must have at most 500 characters") String reason,
    @Schema(
            description =
                "When to resume by itself; left out: never. Without a reason and an end, a job that is paused already stays paused as it was.")
        Instant until)
    implements Document {

  static final PauseDocument EMPTY = new PauseDocument(null, null);
}
