package io.carillon.api.job;

import static io.carillon.job.MisfirePolicy.DEFAULT;

import io.carillon.api.json.Document;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.MisfirePolicy.OnMisfire;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** What becomes of missed occurrences, as it is written in JSON. */
@Schema(
    name = "Misfire",
    description = "What becomes of occurrences whose time passed while nothing could run them.")
public record MisfireDocument(
    @Schema(
            description = "Which of them run: the latest, the oldest maxCatchUp, or none.",
            defaultValue = "fire-once")
        OnMisfire policy,
    @DurationMin(seconds = 1, message = "must be at least PT1S")
        @DurationMax(days = 365, message = "must be at most P365D")
        @Schema(
            description =
                "No later than this, an occurrence is merely late and runs; PT1S to P365D.",
            defaultValue = "PT1M")
        Duration threshold,
    @Min(1) @Max(1_000) @Schema(defaultValue = "100") Integer maxCatchUp)
    implements Document {

  static MisfireDocument of(MisfirePolicy policy) {
    return new MisfireDocument(policy.policy(), policy.threshold(), policy.maxCatchUp());
  }

  MisfirePolicy toPolicy() {
    return new MisfirePolicy(
        Given.orElse(policy, DEFAULT.policy()),
        Given.orElse(threshold, DEFAULT.threshold()),
        Given.orElse(maxCatchUp, DEFAULT.maxCatchUp()));
  }
}
