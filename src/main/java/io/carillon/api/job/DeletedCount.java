package io.carillon.api.job;

import io.carillon.api.json.Document;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many jobs were deleted. */
@Schema(name = "DeletedCount")
public record DeletedCount(@Schema(required = true) Long deleted) implements Document {}
