package io.carillon.engine.twin;

import static java.util.Comparator.comparing;

import io.carillon.engine.Hints;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.RunState;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Limits: who may run now, who waits, and who is refused. */
final class Slots {

  /** Later than any instant in ms, so that what asked for a slot comes after what needed none. */
  private static final long FIRST_COMING = 1_000_000_000_000_000L;

  /** How many runs one call lets go on, of all jobs together. */
  private static final int MOST_MOVES = 1_000;

  private final State state;
  private final Endings endings;
  private long coming = FIRST_COMING;
  private int moves;

  Slots(State state, Endings endings) {
    this.state = state;
    this.endings = endings;
  }

  boolean isUnlimited(JobEntry job) {
    return job.definition.concurrency().isEmpty() && overAll().isEmpty();
  }

  /** The scheduler's limit is another from now on. */
  void limitChanged() {
    state.limitSince = coming++;
  }

  /** Where no limit is. */
  void hold(RunEntry run) {
    place(run, Place.SLOT, state.now().toEpochMilli());
    run.offer(RunState.READY, state.now());
  }

  /**
   * Gives a run a slot or a place in a queue.
   *
   * @return why it is refused, if it is
   */
  Optional<String> admit(JobEntry job, RunEntry run) {
    boolean full = isFull(job);
    if (full && job.definition.concurrency().orElseThrow().onLimit() == OnLimit.SKIP) {
      return Optional.of("overlap");
    }
    if (full || head(job).isPresent()) {
      return waitAtJob(job, run);
    }
    return mustWaitBehindItsOwn(job) ? waitAtJob(job, run) : askScheduler(job, run);
  }

  private boolean isFull(JobEntry job) {
    return job.definition
        .concurrency()
        .filter(policy -> in(job).filter(run -> run.place != Place.JOB).count() >= policy.limit())
        .isPresent();
  }

  private Optional<String> waitAtJob(JobEntry job, RunEntry run) {
    int most =
        job.definition
            .concurrency()
            .map(ConcurrencyPolicy::maxQueue)
            .orElse(ConcurrencyPolicy.DEFAULT_MAX_QUEUE);
    if (in(job).filter(other -> other.place == Place.JOB).count() >= most) {
      return Optional.of("queue-full");
    }
    place(run, Place.JOB, coming++);
    run.queue();
    return Optional.empty();
  }

  /** One place of a job in the scheduler's queue is all it gets. */
  private boolean mustWaitBehindItsOwn(JobEntry job) {
    return !schedulerIsFree()
        && overAll().orElseThrow().onLimit() == OnLimit.QUEUE
        && in(job).anyMatch(run -> run.place == Place.SCHEDULER);
  }

  private boolean schedulerIsFree() {
    return overAll()
        .filter(limit -> with(Place.SLOT) >= limit.limit() || with(Place.SCHEDULER) > 0)
        .isEmpty();
  }

  private Optional<String> askScheduler(JobEntry job, RunEntry run) {
    if (schedulerIsFree()) {
      place(run, Place.SLOT, coming++);
      run.offer(RunState.READY, state.now());
      return Optional.empty();
    }
    ConcurrencyPolicy limit = overAll().orElseThrow();
    if (limit.onLimit() == OnLimit.SKIP) {
      return Optional.of("limit");
    }
    if (with(Place.SCHEDULER) >= limit.maxQueue()) {
      return Optional.of("queue-full");
    }
    place(run, Place.SCHEDULER, coming++);
    run.queue();
    return Optional.empty();
  }

  /** Lets runs go on, after runs of these jobs gave back their slots, and what was left before. */
  void promote(List<String> jobs) {
    moves = 0;
    List<String> left = List.copyOf(state.promotions);
    state.promotions.clear();
    Stream.concat(left.stream(), jobs.stream())
        .map(state.jobs::get)
        .filter(Objects::nonNull)
        .forEach(this::promote);
    while (hasSlotForWaiting()) {
      if (moves >= MOST_MOVES) {
        state.promotions.add(State.ALL_JOBS);
        break;
      }
      RunEntry next = first(Place.SCHEDULER, state.runs.values().stream()).orElseThrow();
      next.place = Place.SLOT;
      next.gotSlot = coming++;
      next.offer(RunState.READY, state.now());
      promote(state.jobs.get(next.id.jobId()));
      moves++;
    }
    state.hints.tell(Hints.Listener::runsReady);
  }

  private boolean hasSlotForWaiting() {
    return with(Place.SCHEDULER) > 0
        && overAll().filter(limit -> with(Place.SLOT) >= limit.limit()).isEmpty();
  }

  private void promote(JobEntry job) {
    while (head(job).isPresent() && !isFull(job) && !mustWaitBehindItsOwn(job)) {
      if (moves >= MOST_MOVES) {
        state.promotions.add(job.id);
        return;
      }
      RunEntry run = head(job).orElseThrow();
      askScheduler(job, run).ifPresent(reason -> endings.refuse(run, reason));
      moves++;
    }
  }

  private Optional<RunEntry> head(JobEntry job) {
    return first(Place.JOB, in(job));
  }

  private static Optional<RunEntry> first(Place place, Stream<RunEntry> runs) {
    return runs.filter(run -> run.place == place).min(comparing(run -> run.order));
  }

  private Stream<RunEntry> in(JobEntry job) {
    return state.activeRuns(job.id).stream();
  }

  private long with(Place place) {
    return state.runs.values().stream().filter(run -> run.place == place).count();
  }

  private Optional<ConcurrencyPolicy> overAll() {
    return state.settings.concurrency();
  }

  private void place(RunEntry run, Place place, long order) {
    run.place = place;
    run.order = order;
    run.gotSlot = order;
    state.runs.put(run.id.toString(), run);
  }
}
