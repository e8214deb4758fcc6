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
  private final PutPlanner planner;
  private final RacedChanges changes;

  public Jobs(JobStore store, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    this.random = random;
    this.planner = new PutPlanner(clock, random);
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

    /** It was refused, or is not known to hold, for a reason that is no other request's. */
    record Failed(RuntimeException cause) implements Changed {}

    /** Empty when somebody else was faster. */
    static Optional<Changed> of(Written written, Put put) {
      return written instanceof Written.Done done && put.revision() == 0
          ? Optional.of(new Created(done.job()))
          : of(written);
    }

    /** What became of the change of a job that was there; empty when somebody else was faster. */
    static Optional<Changed> of(Written written) {
      if (written instanceof Written.Done done) {
        return Optional.of(new Updated(done.job()));
      } else if (written instanceof Written.ClaimLost) {
        return Optional.of(new ClaimLost());
      } else if (written instanceof Written.Failed failed) {
        return Optional.of(new Failed(failed.cause()));
      }
      return written instanceof Written.Absent ? Optional.of(new Absent()) : Optional.empty();
    }
  }

  /**
   * Creates or replaces a job. Replacing keeps its counters, its history and its pause and, where
   * its schedule and {@code startAt} stay the same, its phase. A refusal of the request's is passed
   * on.
   */
  public Changed put(JobRequest request) {
    Changed changed = putAll(List.of(request)).get(0);
    if (changed instanceof Changed.Failed failed) {
      throw failed.cause();
    }
    return changed;
  }

  public Changed put(String id, Definition definition, Precondition precondition) {
    return put(new JobRequest(id, current -> definition, Optional.empty(), precondition));
  }

  /**
   * Creates or replaces jobs, each by itself. Two requests for one job are one behind the other.
   *
   * @return what became of each, in their order
   */
  public List<Changed> putAll(List<JobRequest> requests) {
    return new RacedPuts(store, planner, requests).settle();
  }

  /** Creates a job with the id of a claim, under that claim. */
  public Changed create(Definition definition, Claim under) {
    return carryOut(planner.create(under.id(), definition, Optional.empty()), Optional.of(under))
        .orElseThrow(() -> new IllegalStateException("not created: job " + under.id()));
  }

  /**
   * Replaces a job's definition by what {@code patch} makes of it.
   *
   * @param patch may refuse by an exception, which is passed on
   */
  public Changed patch(String id, UnaryOperator<Definition> patch, Precondition precondition) {
    return changes.settlePresent(
        id,
        precondition,
        current ->
            carryOut(
                planner.replace(current, patch.apply(current.job().definition())),
                Optional.empty()));
  }

  /**
   * Stops a job's occurrences. Said of a paused job, it changes the reason and the end if it names
   * any.
   *
   * @param until when it resumes by itself
   */
  public Changed pause(
      String id, Optional<String> reason, Optional<Instant> until, Precondition precondition) {
    return changes.settlePresent(id, precondition, current -> pause(current.job(), reason, until));
  }

  /**
   * Lets a paused job's occurrences happen again, from now on; a one-off that fell into the pause
   * happens now.
   */
  public Changed resume(String id, Precondition precondition) {
    return changes.settlePresent(id, precondition, current -> resume(current.job()));
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
      changes.settlePresent(
          job.id(), unchanged, current -> write(planner.reschedule(current.job())));
    }
  }

  /** Deletes a job with everything that is known of it. */
  public Changed delete(String id, Precondition precondition) {
    return changes.settlePresent(
        id,
        precondition,
        current ->
            store.delete(id, current.job().revision())
                ? Optional.of(new Changed.Deleted())
                : Optional.empty());
  }

  private Optional<Changed> carryOut(PlannedPut plan, Optional<Claim> under) {
    if (plan instanceof PlannedPut.Nothing nothing) {
      return Optional.of(nothing.because());
    }
    Put put = ((PlannedPut.Write) plan).put();
    return write(under.map(put::under).orElse(put));
  }

  /** Empty when somebody else was faster. */
  private Optional<Changed> write(Put put) {
    return Changed.of(store.put(put), put);
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
    return Changed.of(
        store.setState(
            new SetState(
                job.id(),
                job.revision(),
                JobState.PAUSED,
                Optional.of(new Pause(reason, since, until)),
                now,
                Optional.empty(),
                until)));
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
    return Changed.of(
        store.setState(
            new SetState(
                job.id(),
                job.revision(),
                upcoming.state(),
                Optional.empty(),
                now,
                upcoming.nextRunAt(),
                upcoming.dueAt())));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
