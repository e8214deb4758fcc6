package io.carillon.api.run;

import io.carillon.api.json.Document;
import io.carillon.job.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One try to deliver a webhook, as it is written in JSON. */
@Schema(name = "Attempt", description = "One try to deliver the webhook.")
public record AttemptView(
    @Schema(description = "From 1.") Integer number,
    @Schema(description = "When it began.") Instant at,
    @Schema(description = "Absent while it is under way.") Long durationMs,
    @Schema(description = "The HTTP status of the answer, if one came.") Integer status,
    @Schema(description = "Why it did not succeed.", examples = "http-500") String error,
    @Schema(description = "When the next one is due, if there is to be one.") Instant nextAttemptAt)
    implements Document {

  static AttemptView of(Attempt attempt) {
    return new AttemptView(
        attempt.number(),
        attempt.at(),
        attempt.duration().map(Duration::toMillis).orElse(null),
        attempt.status().orElse(null),
        attempt.error().orElse(null),
        attempt.nextAttemptAt().orElse(null));
  }
}
