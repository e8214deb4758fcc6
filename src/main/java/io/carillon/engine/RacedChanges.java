package io.carillon.engine;

import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Job;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Changes of jobs by many at a time: whoever finds that another was faster, reads and tries again.
 */
final class RacedChanges {

  /** Each lost race is somebody else's success; so many in a row mean a store that misbehaves. */
  static final int MOST_RACES = 100;

  private final JobStore store;

  RacedChanges(JobStore store) {
    this.store = store;
  }

  /**
   * A change of a job that must be there: its absence is told before any precondition.
   *
   * @param change empty when somebody else was faster
   */
  Changed settlePresent(
      String id, Precondition precondition, Function<Timed, Optional<Changed>> change) {
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Timed> found = store.find(List.of(id)).stream().findFirst();
      if (found.isEmpty()) {
        return new Changed.Absent();
      }
      Job current = found.get().job();
      if (!precondition.holds(Optional.of(current))) {
        return new Changed.PreconditionFailed(precondition, Optional.of(current.revision()));
      }
      Optional<Changed> settled = change.apply(found.get());
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    throw tooManyRaces(id);
  }

  static IllegalStateException tooManyRaces(String id) {
    return new IllegalStateException("job " + id + " changed " + MOST_RACES + " times in a row");
  }
}
