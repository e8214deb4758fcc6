package io.carillon.engine;

import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Job;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Changes of jobs by many at a time: whoever finds that another was faster, reads and tries again.
 */
final class RacedChanges {

  /** Each lost race is somebody else's success; so many in a row mean a store that misbehaves. */
  private static final int MOST_RACES = 100;

  private final JobStore store;

  RacedChanges(JobStore store) {
    this.store = store;
  }

  /**
   * Makes a change under a precondition.
   *
   * @param required told to whoever does not meet it
   * @param holds whether it is met
   * @param change empty when somebody else was faster
   */
  Changed settle(
      String id,
      Precondition required,
      Predicate<Optional<Job>> holds,
      Function<Optional<Job>, Optional<Changed>> change) {
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Job> current = store.find(id);
      if (!holds.test(current)) {
        return new Changed.PreconditionFailed(required, current.map(Job::revision));
      }
      Optional<Changed> settled = change.apply(current);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    throw new IllegalStateException("job " + id + " changed " + MOST_RACES + " times in a row");
  }

  /** A change of a job that must be there: its absence is told before any precondition. */
  Changed settlePresent(
      String id, Precondition precondition, Function<Job, Optional<Changed>> change) {
    return settle(
        id,
        precondition,
        current -> current.isEmpty() || precondition.holds(current),
        current -> current.map(change).orElse(Optional.of(new Changed.Absent())));
  }
}
