package io.carillon.api.schedule;

import io.carillon.api.json.Document;
import io.carillon.api.json.Scalars;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Occurrences to come, as they are written in JSON. */
@Schema(name = "NextRuns")
public record NextRuns(
    @Schema(required = true, description = "In UTC.") List<Instant> runs,
    @Schema(
            required = true,
            description = "The same, with the offset of the schedule's time zone.",
            examples = "[\"2026-12-01T02:00:00.000+01:00\"]")
        List<String> localRuns)
    implements Document {

  public static NextRuns of(List<Instant> runs, ZoneId zone) {
    return new NextRuns(runs, runs.stream().map(run -> Scalars.write(run, zone)).toList());
  }
}
