package io.carillon.api.schedule;

import io.carillon.api.json.Document;
import io.carillon.schedule.DstPolicy;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What becomes of local times that a clock change removes or repeats. */
@Schema(
    name = "Dst",
    description =
        "What becomes of local times that a clock change removes (gap) or repeats (overlap). Left out:"
            + " the rule of the schedule's kind.")
public record DstDocument(DstPolicy.Gap gap, DstPolicy.Overlap overlap) implements Document {

  static DstPolicy policy(DstDocument document) {
    return document == null
        ? DstPolicy.DEFAULT
        : new DstPolicy(Optional.ofNullable(document.gap), Optional.ofNullable(document.overlap));
  }

  /** Null where nothing is said, so that nothing is written. */
  static DstDocument of(DstPolicy policy) {
    return policy.equals(DstPolicy.DEFAULT)
        ? null
        : new DstDocument(policy.gap().orElse(null), policy.overlap().orElse(null));
  }
}
