package io.carillon.api.schedule;

import io.carillon.api.json.Document;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a schedule means, as it is written in JSON. */
@Schema(name = "Preview")
public record PreviewView(
    @Schema(required = true, examples = "every Monday at 09:00, Europe/Paris") String description,
    @Schema(required = true, description = "In UTC.") List<Instant> runs,
    @Schema(required = true, description = "The same, with the offset of the schedule's time zone.")
        List<String> localRuns)
    implements Document {

  static PreviewView of(String description, NextRuns next) {
    return new PreviewView(description, next.runs(), next.localRuns());
  }
}
