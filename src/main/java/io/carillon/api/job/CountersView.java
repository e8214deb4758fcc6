package io.carillon.api.job;

import io.carillon.api.json.Document;
import io.carillon.job.Counters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A job's counters, as they are written in JSON. */
@Schema(name = "Counters")
public record CountersView(Long started, Long succeeded, Long failed, Long skipped)
    implements Document {

  static CountersView of(Counters counters) {
    return new CountersView(
        counters.started(), counters.succeeded(), counters.failed(), counters.skipped());
  }
}
