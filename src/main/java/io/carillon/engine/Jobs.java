package io.carillon.engine;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
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
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Registers, replaces, pauses, resumes and deletes jobs: reads the job, decides what follows for
 * its schedule, and writes it under the revision that it read; when somebody else was faster, once
 * more. All calls block and may fail with {@link StoreUnavailable}.
 */
public final class Jobs {

  /** Each lost race is somebody else's success; so many in a row mean a store that misbehaves. */
  private static final int MOST_RACES = 100;

  private final JobStore store;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Jobs(JobStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
  }

  /** What became of a change. */
  public sealed interface Changed {
    record Created(Job job) implements Changed {}

    record Updated(Job job) implements Changed {}

    /** It already was as it should be. */
    record Unchanged(Job job) implements Changed {}

    record Deleted() implements Changed {}

    record Absent() implements Changed {}

    record PreconditionFailed() implements Changed {}

    /** Its schedule has no occurrence to come; nothing was changed. */
    record NeverFires() implements Changed {}

    /** Another request holds the idempotency key, or made something under it. */
    record ClaimLost() implements Changed {}
  }

  /**
   * Creates or replaces a job. Replacing keeps its counters, its history and its pause and, where
   * its times stay the same, its phase.
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
    return settle(
        id,
        precondition::holds,
        current -> {
          Definition definition = wanted.apply(current.map(Job::definition));
          return current
              .map(job -> replace(job, definition))
              .orElseGet(() -> create(id, definition, store::put));
        });
  }

  /** Creates a job with the id of a claim, under that claim. */
  public Changed create(Definition definition, Claim under) {
    return create(under.id(), definition, put -> store.put(put, under))
        .orElseThrow(() -> new IllegalStateException("not created: job " + under.id()));
  }

  /**
   * Replaces a job's definition by what {@code patch} makes of it.
   *
   * @param patch may refuse by an exception, which is passed on
   */
  public Changed patch(String id, UnaryOperator<Definition> patch, Precondition precondition) {
    return settlePresent(id, precondition, job -> replace(job, patch.apply(job.definition())));
  }

  /**
   * Stops a job's occurrences. Said of a paused job, it changes the reason and the end if it names
   * any; a job that has no occurrence to come stays as it is.
   *
   * @param until when it resumes by itself
   */
  public Changed pause(
      String id, Optional<String> reason, Optional<Instant> until, Precondition precondition) {
    return settlePresent(id, precondition, job -> pause(job, reason, until));
  }

  /** Lets a paused job's occurrences happen again, from now on. */
  public Changed resume(String id, Precondition precondition) {
    return settlePresent(id, precondition, this::resume);
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
      settlePresent(job.id(), unchanged, this::reschedule);
    }
  }

  private Optional<Changed> reschedule(Job job) {
    Instant now = now();
    Upcoming upcoming = Upcoming.after(unclaimed(job, now), job.definition(), job.anchor(), random);
    return outcome(
        store.put(
            new Put(
                job.id(),
                job.revision(),
                job.nextRunAt(),
                job.definition(),
                upcoming.state(),
                Optional.empty(),
                now,
                job.anchor(),
                upcoming.nextRunAt(),
                upcoming.dueAt())),
        Changed.Updated::new);
  }

  /** Deletes a job with everything that is known of it. */
  public Changed delete(String id, Precondition precondition) {
    return settlePresent(
        id,
        precondition,
        job ->
            store.delete(id, job.revision())
                ? Optional.of(new Changed.Deleted())
                : Optional.empty());
  }

  private Optional<Changed> create(String id, Definition definition, Function<Put, Written> write) {
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
                JobState.ACTIVE,
                Optional.empty(),
                now,
                now,
                upcoming.nextRunAt(),
                upcoming.dueAt())),
        Changed.Created::new);
  }

  private Optional<Changed> replace(Job job, Definition wanted) {
    Instant now = now();
    Definition definition = wanted.to(wanted.target().inPlaceOf(job.definition().target(), now));
    if (definition.equals(job.definition())) {
      return Optional.of(new Changed.Unchanged(job));
    }
    boolean sameTimes = definition.sameTimes(job.definition());
    // New times begin with their anchor: what shall run at once must not have passed already.
    Instant since = unclaimed(job, sameTimes ? now : now.minusMillis(1));
    Instant anchor = sameTimes ? job.anchor() : now;
    Upcoming scheduled =
        sameTimes && job.state() == JobState.ACTIVE
            ? unchanged(job, definition, since)
            : Upcoming.after(since, definition, anchor, random);
    if (!sameTimes && scheduled.state() == JobState.COMPLETED) {
      return Optional.of(new Changed.NeverFires());
    }
    Upcoming upcoming = job.exhausts(definition) ? Upcoming.NOTHING : scheduled;
    boolean paused = job.state() == JobState.PAUSED && upcoming.state() == JobState.ACTIVE;
    return outcome(
        store.put(
            new Put(
                job.id(),
                job.revision(),
                job.nextRunAt(),
                definition,
                paused ? JobState.PAUSED : upcoming.state(),
                paused ? job.pause() : Optional.empty(),
                now,
                anchor,
                paused ? Optional.empty() : upcoming.nextRunAt(),
                paused ? job.pause().flatMap(Pause::until) : upcoming.dueAt())),
        Changed.Updated::new);
  }

  /**
   * What the job has to come already, an overdue occurrence included. Nothing is known of a job
   * that got an occurrence back and waits for the leader to look at it; of one that rests after its
   * runs the store decides whether it rests now.
   */
  private Upcoming unchanged(Job job, Definition definition, Instant since) {
    return job.nextRunAt()
        .map(next -> Upcoming.at(next, definition, job.anchor(), random))
        .orElseGet(() -> Upcoming.after(since, definition, job.anchor(), random));
  }

  private Optional<Changed> pause(Job job, Optional<String> reason, Optional<Instant> until) {
    boolean nothingNew =
        job.pause()
            .filter(
                pause ->
                    reason.isEmpty() && until.isEmpty()
                        || pause.reason().equals(reason) && pause.until().equals(until))
            .isPresent();
    if (job.state() == JobState.COMPLETED || nothingNew) {
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
    Upcoming upcoming = Upcoming.after(unclaimed(job, now), job.definition(), job.anchor(), random);
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

  /** From when on occurrences are new: the leader's clock may be ahead of this one. */
  private static Instant unclaimed(Job job, Instant now) {
    return job.lastOccurrence().filter(now::isBefore).orElse(now);
  }

  /** A change of a job that must be there: its absence is told before any precondition. */
  private Changed settlePresent(
      String id, Precondition precondition, Function<Job, Optional<Changed>> change) {
    return settle(
        id,
        current -> current.isEmpty() || precondition.holds(current),
        current -> current.map(change).orElse(Optional.of(new Changed.Absent())));
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

  private Changed settle(
      String id,
      Predicate<Optional<Job>> precondition,
      Function<Optional<Job>, Optional<Changed>> change) {
    for (int race = 0; race < MOST_RACES; race++) {
      Optional<Job> current = store.find(id);
      if (!precondition.test(current)) {
        return new Changed.PreconditionFailed();
      }
      Optional<Changed> settled = change.apply(current);
      if (settled.isPresent()) {
        return settled.get();
      }
    }
    throw new IllegalStateException("job " + id + " changed " + MOST_RACES + " times in a row");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
