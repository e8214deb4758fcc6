package io.carillon.api.job;

import io.carillon.api.json.Document;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a batch. */
@Schema(name = "BatchResults")
public record BatchResults(
    @Schema(required = true, description = "In the order of the batch.") List<BatchResult> results)
    implements Document {}
