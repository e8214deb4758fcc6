package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.api.json.Json;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Many jobs at once, as they are written in JSON. */
@Schema(name = "Batch")
public record BatchDocument(
    @NotNull(message = "a list of jobs is required")
        @Size(max = 1_000, message = "at most 1000 jobs")
        @Schema(
            required = true,
            implementation = JobDocument[].class,
            description = "With an id: created or replaced; without: created.")
        List<Json> jobs)
    implements Document {}
