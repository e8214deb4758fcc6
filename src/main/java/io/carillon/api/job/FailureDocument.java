package io.carillon.api.job;

import io.carillon.api.json.Document;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What follows from failures, as it is written in JSON. */
@Schema(name = "Failure", description = "What follows from failures.")
public record FailureDocument(
    @Min(1)
        @Max(1_000_000)
        @Schema(description = "How many failed runs in a row pause the job.", examples = "20")
        Integer pauseAfter)
    implements Document {}
