package io.carillon.schedule;

import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of local times that a clock change removes or repeats. A side left empty follows the
 * default of the schedule's kind.
 */
public record DstPolicy(Optional<Gap> gap, Optional<Overlap> overlap) {

  /** A local time that does not exist because the clock was put forward. */
  public enum Gap {
    /** Runs later by the length of the gap: 02:30 at 03:30. */
    AFTER,
    /** Does not run. */
    SKIP
  }

  /** A local time that exists twice because the clock was put back. */
  public enum Overlap {
    /** Runs the first time only. */
    FIRST,
    /** Runs the second time only. */
    LAST,
    /** Runs both times. */
    BOTH
  }

  /** Nothing said: the kind's own rule. */
  public static final DstPolicy DEFAULT = new DstPolicy(Optional.empty(), Optional.empty());

  public DstPolicy {
    Objects.requireNonNull(gap);
    Objects.requireNonNull(overlap);
  }

  public static DstPolicy of(Gap gap, Overlap overlap) {
    return new DstPolicy(Optional.of(gap), Optional.of(overlap));
  }

  static DstPolicy orDefault(DstPolicy given) {
    return given == null ? DEFAULT : given;
  }
}
