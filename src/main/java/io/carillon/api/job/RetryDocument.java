package io.carillon.api.job;

import static io.carillon.job.RetryPolicy.DEFAULT;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Document;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.SelfChecking;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.job.RetryPolicy;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** When a failed attempt is tried again, as it is written in JSON. */
@Schema(name = "Retry", description = "When a failed attempt is tried again.")
public record RetryDocument(
    @Min(1) @Max(100) @Schema(defaultValue = "5") Integer maxAttempts,
    @DurationMin(message = "must not be negative")
        @DurationMax(days = 7, message = "must be at most P7D")
        @Schema(
            description = "PT0S to P7D; left out, the shorter of PT5S and maxDelay.",
            defaultValue = "PT5S")
        Duration initialDelay,
    @DecimalMin("1") @DecimalMax("100") @Schema(defaultValue = "3.0") Double multiplier,
    @DurationMin(message = "must not be negative")
        @DurationMax(days = 7, message = "must be at most P7D")
        @Schema(
            description =
                "From initialDelay to P7D; left out, the longer of PT1H and initialDelay.",
            defaultValue = "PT1H")
        Duration maxDelay,
    @DecimalMin("0")
        @DecimalMax("1")
        @Schema(
            description =
                "The share of a delay by which chance lengthens, up to maxDelay, or shortens it.",
            defaultValue = "0.2")
        Double jitter)
    implements Document, SelfChecking {

  /** As it is in effect. */
  static RetryDocument of(RetryPolicy policy) {
    return new RetryDocument(
        policy.maxAttempts(),
        policy.initialDelay(),
        policy.multiplier(),
        policy.maxDelay(),
        policy.jitter());
  }

  /** As it was given: without the delays that follow. */
  static RetryDocument asGiven(RetryPolicy policy) {
    return new RetryDocument(
        policy.maxAttempts(),
        policy.givenInitialDelay().orElse(null),
        policy.multiplier(),
        policy.givenMaxDelay().orElse(null),
        policy.jitter());
  }

  RetryPolicy toPolicy() {
    return new RetryPolicy(
        Given.orElse(maxAttempts, DEFAULT.maxAttempts()),
        Optional.ofNullable(initialDelay),
        Given.orElse(multiplier, DEFAULT.multiplier()),
        Optional.ofNullable(maxDelay),
        Given.orElse(jitter, DEFAULT.jitter()));
  }

  @Override
  public void check(Pointer at, Violations found) {
    if (initialDelay != null && maxDelay != null && maxDelay.compareTo(initialDelay) < 0) {
      found.addIfNew(
          Violation.ofValue(
              at.member("maxDelay"), Codes.OUT_OF_RANGE, "must not be shorter than initialDelay"));
    }
  }
}
