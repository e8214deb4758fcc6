package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.api.problem.ProblemDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of one job of a batch. */
@Schema(name = "BatchResult")
public record BatchResult(
    @Schema(required = true, description = "Its place in the batch, from 0.") Integer index,
    @Schema(required = true, description = "The status it would have got alone.", examples = "201")
        Integer status,
    @Schema(description = "The job, where it was accepted.") JobView job,
    @Schema(description = "Why not, where it was refused.") ProblemDocument problem)
    implements Document {}
