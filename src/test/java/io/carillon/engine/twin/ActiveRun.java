package io.carillon.engine.twin;

import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Instant;
import java.util.Optional;

/**
 * An active run as the ledger has it.
 *
 * @param hasJobSlot whether it has one of its job's slots
 * @param hasSlot whether it has one of the scheduler's as well, and so may go on
 * @param notBefore from when on it may be taken
 * @param deadline by when whoever has it must have finished
 * @param reportBy by when its receiver must have reported
 * @param owner who has it, and under which token
 */
public record ActiveRun(
    RunId id,
    RunState state,
    boolean hasJobSlot,
    boolean hasSlot,
    Optional<Instant> notBefore,
    Optional<Instant> deadline,
    Optional<Instant> reportBy,
    Optional<String> owner) {

  static ActiveRun of(RunEntry run) {
    return new ActiveRun(
        run.id,
        run.state,
        run.place != Place.JOB,
        run.place == Place.SLOT,
        run.notBefore,
        run.delivery.map(Delivery::deadline),
        run.reportBy,
        run.delivery.map(by -> owner(by.replica(), by.token())));
  }

  public static String owner(String replica, String token) {
    return replica + '/' + token;
  }

  /** Whether what is known of it agrees with what it is at. */
  public boolean isConsistent() {
    return switch (state) {
      case READY, RETRYING -> hasSlot && notBefore.isPresent() && isOnlyThat(notBefore);
      case RUNNING -> hasSlot && deadline.isPresent() && isOnlyThat(deadline);
      case AWAITING_COMPLETION -> hasSlot && reportBy.isPresent() && isOnlyThat(reportBy);
      case QUEUED -> !hasSlot && isOnlyThat(Optional.empty());
      default -> false;
    };
  }

  private boolean isOnlyThat(Optional<Instant> instant) {
    int known = (notBefore.isPresent() ? 1 : 0) + (deadline.isPresent() ? 1 : 0);
    return known + (reportBy.isPresent() ? 1 : 0) == (instant.isPresent() ? 1 : 0);
  }
}
