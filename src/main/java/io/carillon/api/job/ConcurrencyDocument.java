package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many runs may be under way at a time, as it is written in JSON. */
@Schema(name = "Concurrency", description = "How many runs may be under way at a time.")
public record ConcurrencyDocument(
    @NotNull(message = "a limit is required") @Min(1) @Max(100_000) @Schema(examples = "1")
        Integer limit,
    @Schema(description = "What becomes of a run that finds no slot.", defaultValue = "skip")
        OnLimit onLimit,
    @Min(0)
        @Max(100_000)
        @Schema(description = "How many runs may wait; one more is skipped.", defaultValue = "100")
        Integer maxQueue)
    implements Document {

  public static ConcurrencyDocument of(ConcurrencyPolicy policy) {
    return new ConcurrencyDocument(policy.limit(), policy.onLimit(), policy.maxQueue());
  }

  public ConcurrencyPolicy toPolicy() {
    return new ConcurrencyPolicy(
        limit,
        Given.orElse(onLimit, OnLimit.SKIP),
        Given.orElse(maxQueue, ConcurrencyPolicy.DEFAULT_MAX_QUEUE));
  }
}
