package io.carillon.api.job;

import io.carillon.api.json.Document;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many jobs a change has changed. */
@Schema(name = "ChangedCount")
public record ChangedCount(@Schema(required = true) Long changed) implements Document {}
