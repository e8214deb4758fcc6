package io.carillon.redis;

import io.carillon.job.Counters;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What {@link Bookkeeping} knows of one job from what was asked, answered and told. */
final class JobBook {

  final String incarnation;
  long revision;
  JobState state = JobState.ACTIVE;
  Optional<Integer> limit = Optional.empty();
  Optional<Instant> last = Optional.empty();

  /** Active runs that were accepted under an earlier limit; they may have slots by that. */
  final Set<RunId> fromEarlierLimit = new HashSet<>();

  final Set<RunId> active = new HashSet<>();
  final Map<RunId, RunState> ended = new HashMap<>();
  private final Set<RunId> begun = new HashSet<>();

  long accepted;
  private long started;
  private long succeeded;
  private long failed;
  private long skipped;

  JobBook(String incarnation) {
    this.incarnation = incarnation;
  }

  void accept(RunId run) {
    active.add(run);
    begun.remove(run);
    ended.remove(run);
  }

  void redeliver(RunId run) {
    active.add(run);
    count(ended.remove(run), -1);
  }

  void begin(RunId run) {
    if (begun.add(run)) {
      started++;
    }
  }

  void limitTo(Optional<Integer> most) {
    if (!limit.equals(most)) {
      limit = most;
      fromEarlierLimit.addAll(active);
    }
  }

  void end(RunId run, RunState as) {
    active.remove(run);
    fromEarlierLimit.remove(run);
    ended.put(run, as);
    count(as, 1);
  }

  private void count(RunState as, int by) {
    succeeded += as == RunState.SUCCEEDED ? by : 0;
    failed += as == RunState.FAILED ? by : 0;
  }

  /**
   * Occurrences did not happen. One that a guard refused, or that waited in vain, had been
   * accepted; but one that waited in vain may have begun before it was redelivered.
   */
  void skip(Run run) {
    skipped += run.missed();
    fromEarlierLimit.remove(run.id());
    boolean hadBeenAccepted = active.remove(run.id()) && run.startedAt().isEmpty();
    if (hadBeenAccepted) {
      started -= begun.remove(run.id()) ? 1 : 0;
      accepted -= run.trigger() == Trigger.SCHEDULE || run.trigger() == Trigger.CATCH_UP ? 1 : 0;
    }
  }

  Counters counters() {
    return new Counters(started, succeeded, failed, skipped);
  }
}
