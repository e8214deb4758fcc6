package io.carillon.engine;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.JobStore.Written;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Registers, replaces, pauses, resumes and deletes jobs: reads the job, decides what follows for
 * its schedule, and writes it under the revision that it read; when somebody else was faster, once
 * more. All calls block and may fail with {@link StoreUnavailable}.
 */
public final class Jobs {

  private final JobStore store;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final RacedChanges changes;

  public Jobs(JobStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.changes = new RacedChanges(store);
  }

  /** What became of a change. */
  public sealed interface Changed {
    record Created(Job job) implements Changed {}

    record Updated(Job job) implements Changed {}

    /** It already was as it should be. */
    record Unchanged(Job job) implements Changed {}

    record Deleted() implements Changed {}

    record Absent() implements Changed {}

    /** What was required of the job, and the revision it has if it exists. */
    record PreconditionFailed(Precondition required, Optional<Long> revision) implements Changed {}

    /** Its schedule has no occurrence to come; nothing was changed. */
    record NeverFires() implements Changed {}

    /** It is completed, so there is nothing to pause; nothing was changed. */
    record NothingToPause() implements Changed {}

    /** Another request holds the idempotency key, or made something under it. */
    record ClaimLost() implements Changed {}
  }

  /**
   * Creates or replaces a job. Replacing keeps its counters, its history and its pause and, where
   * its schedule and {@code startAt} stay the same, its phase.
   */
  public Changed put(String id, Definition definition, Precondition precondition) {
    return put(id, current -> definition, precondition);
  }

  /**
   * Creates or replaces a job by a definition that keeps something of the present one.
   *
   * @param wanted makes it of the present one, if any; may refuse by an exception, which is passed
   *     on
   */
  public Changed put(
      String id, Function<Optional<Definition>, Definition> wanted, Precondition precondition) {
    return put(id, wanted, Optional.empty(), precondition);
  }

  /**
   * Creates a job paused, or replaces it. A replaced job keeps its own pause, or that it has none.
   *
   * @param pause of the job where there is none yet; empty to create it active
   */
  public Changed put(
      String id,
      Function<Optional<Definition>, Definition> wanted,
      Optional<Pause> pause,
      Precondition precondition) {
    return changes.settle(
        id,
        precondition,
        precondition::holds,
        current -> {
          Definition definition = wanted.apply(current.map(Job::definition));
          return current
              .map(job -> replace(job, definition))
              .orElseGet(() -> create(id, definition, pause, store::put));
        });
  }

  /** Creates a job with the id of a claim, under that claim. */
  public Changed create(Definition definition, Claim under) {
    return create(under.id(), definition, Optional.empty(), put -> store.put(put, under))
        .orElseThrow(() -> new IllegalStateException("not created: job " + under.id()));
  }

  /**
   * Replaces a job's definition by what {@code patch} makes of it.
   *
   * @param patch may refuse by an exception, which is passed on
   */
  public Changed patch(String id, UnaryOperator<Definition> patch, Precondition precondition) {
    return changes.settlePresent(
        id, precondition, job -> replace(job, patch.apply(job.definition())));
  }

  /**
   * Stops a job's occurrences. Said of a paused job, it changes the reason and the end if it names
   * any.
   *
   * @param until when it resumes by itself
   */
  public Changed pause(
      String id, Optional<String> reason, Optional<Instant> until, Precondition precondition) {
    return changes.settlePresent(id, precondition, job -> pause(job, reason, until));
  }

  /**
   * Lets a paused job's occurrences happen again, from now on; a one-off that fell into the pause
   * happens now.
   */
  public Changed resume(String id, Precondition precondition) {
    return changes.settlePresent(id, precondition, this::resume);
  }

  /**
   * Does what is due for a job that has no next occurrence: ends its pause, or computes what it has
   * to come since one of its runs did not count.
   */
  void wake(Job job) {
    Precondition unchanged = new Precondition.MustBe(List.of(job.revision()));
    if (job.state() == JobState.PAUSED) {
      resume(job.id(), unchanged);
    } else {
      changes.settlePresent(job.id(), unchanged, this::reschedule);
    }
  }

  private Optional<Changed> reschedule(Job job) {
    Instant now = now();
    Upcoming upcoming = new Replanning(job, job.definition(), now, random).upcoming();
    return written(job, job.definition(), now, job.anchor(), upcoming);
  }

  /** Deletes a job with everything that is known of it. */
  public Changed delete(String id, Precondition precondition) {
    return changes.settlePresent(
        id,
        precondition,
        job ->
            store.delete(id, job.revision())
                ? Optional.of(new Changed.Deleted())
                : Optional.empty());
  }

  private Optional<Changed> create(
      String id, Definition definition, Optional<Pause> pause, Function<Put, Written> write) {
    Instant now = now();
    Upcoming scheduled = Upcoming.after(now.minusMillis(1), definition, now, random);
    if (scheduled.state() == JobState.COMPLETED) {
      return Optional.of(new Changed.NeverFires());
    }
    Upcoming upcoming =
        definition.runOnCreate() ? Upcoming.at(now, definition, now, random) : scheduled;
    return outcome(
        write.apply(
            new Put(
                id,
                0,
                Optional.empty(),
                definition,
                pause.isPresent() ? JobState.PAUSED : JobState.ACTIVE,
                pause,
                now,
                now,
                upcoming.nextRunAt(),
                pause.isPresent() ? pause.flatMap(Pause::until) : upcoming.dueAt())),
        Changed.Created::new);
  }

  private Optional<Changed> replace(Job job, Definition wanted) {
    Instant now = now();
    Definition definition = wanted.to(wanted.target().inPlaceOf(job.definition().target(), now));
    if (definition.equals(job.definition())) {
      return Optional.of(new Changed.Unchanged(job));
    }
    Replanning plan = new Replanning(job, definition, now, random);
    Upcoming scheduled = plan.upcoming();
    if (scheduled.state() == JobState.COMPLETED && plan.neverFires()) {
      return Optional.of(new Changed.NeverFires());
    }
    Upcoming upcoming =
        job.exhausts(definition) ? Upcoming.NOTHING : withItsDelay(job, scheduled, plan);
    return written(job, definition, now, plan.anchor(), upcoming);
  }

  private Optional<Changed> written(
      Job job, Definition definition, Instant now, Instant anchor, Upcoming upcoming) {
    // Only its resumption ends a pause: completed instead, the job would run if it got more to do.
    boolean paused = job.state() == JobState.PAUSED;
    return outcome(
        store.put(
            new Put(
                job.id(),
                job.revision(),
                job.pending(),
                definition,
                paused ? JobState.PAUSED : upcoming.state(),
                job.pause(),
                now,
                anchor,
                upcoming.nextRunAt(),
                paused ? job.pause().flatMap(Pause::until) : upcoming.dueAt())),
        Changed.Updated::new);
  }

  /** What is drawn for an occurrence is drawn once: what comes next as before is due as before. */
  private Upcoming withItsDelay(Job job, Upcoming upcoming, Replanning plan) {
    Optional<Instant> next = job.nextRunAt();
    if (next.isEmpty() || !next.equals(upcoming.nextRunAt())) {
      return upcoming;
    } else if (job.definition().jitter().isZero()) {
      return upcoming.dueAt(next.get());
    }
    return store.load(List.of(job.id())).stream()
        .findFirst()
        .flatMap(Timed::dueAt)
        .map(due -> plan.keepingDelay(upcoming, due))
        .orElse(upcoming);
  }

  /** Whether such a pause would change a job. */
  public static boolean wouldPause(Job job, Optional<String> reason, Optional<Instant> until) {
    boolean nothingNew =
        job.pause()
            .filter(
                pause ->
                    reason.isEmpty() && until.isEmpty()
                        || pause.reason().equals(reason) && pause.until().equals(until))
            .isPresent();
    return job.state() != JobState.COMPLETED && !nothingNew;
  }

  private Optional<Changed> pause(Job job, Optional<String> reason, Optional<Instant> until) {
    if (job.state() == JobState.COMPLETED) {
      return Optional.of(new Changed.NothingToPause());
    } else if (!wouldPause(job, reason, until)) {
      return Optional.of(new Changed.Unchanged(job));
    }
    Instant now = now();
    Instant since = job.pause().map(Pause::since).orElse(now);
    return outcome(
        store.setState(
            new SetState(
                job.id(),
                job.revision(),
                JobState.PAUSED,
                Optional.of(new Pause(reason, since, until)),
                now,
                Optional.empty(),
                until)),
        Changed.Updated::new);
  }

  private Optional<Changed> resume(Job job) {
    if (job.state() != JobState.PAUSED) {
      return Optional.of(new Changed.Unchanged(job));
    }
    Instant now = now();
    Upcoming upcoming =
        job.exhausts(job.definition())
            ? Upcoming.NOTHING
            : new Replanning(job, job.definition(), now, random).upcoming();
    return outcome(
        store.setState(
            new SetState(
                job.id(),
                job.revision(),
                upcoming.state(),
                Optional.empty(),
                now,
                upcoming.nextRunAt(),
                upcoming.dueAt())),
        Changed.Updated::new);
  }

  /** Empty when somebody else was faster. */
  private static Optional<Changed> outcome(Written written, Function<Job, Changed> done) {
    if (written instanceof Written.Done stored) {
      return Optional.of(done.apply(stored.job()));
    }
    if (written instanceof Written.ClaimLost) {
      return Optional.of(new Changed.ClaimLost());
    }
    return written instanceof Written.Absent ? Optional.of(new Changed.Absent()) : Optional.empty();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
