package io.carillon.engine;

import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.schedule.From;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.RandomDurationSchedule;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a job has to come after something about it was changed: its definition, its pause, or that
 * one of its runs did not count.
 *
 * <p>The schedule and {@code startAt} fix the phase. While they stay, no change moves an
 * occurrence: what was to come still comes, if it lies in the window. A recurring occurrence that
 * passes while the job is paused or completed is none. A one-off, an instant of a {@code once}
 * schedule or the creation of a job that runs on it, is owed until it is claimed, unless it passes
 * while the job is completed.
 */
final class Replanning {

  private final Job job;
  private final Definition definition;
  private final Instant now;
  private final RandomGenerator random;
  private final boolean keepsPhase;

  /**
   * @param job as it stands
   * @param definition as it is to be
   */
  Replanning(Job job, Definition definition, Instant now, RandomGenerator random) {
    this.job = job;
    this.definition = definition;
    this.now = now;
    this.random = random;
    this.keepsPhase = definition.samePhase(job.definition()) || owesInstantOfBothLists();
  }

  /** From where the schedule is counted. */
  Instant anchor() {
    return keepsPhase || hasRunAtOnce() ? job.anchor() : now;
  }

  /** Whether the change is to blame where nothing is to come: it asks for a job that never runs. */
  boolean neverFires() {
    return !keepsPhase
        || job.state() != JobState.COMPLETED && !definition.sameWindow(job.definition());
  }

  /** What is to come, by the schedule; {@code maxRuns} may forbid it. */
  Upcoming upcoming() {
    if (!keepsPhase) {
      return begun();
    }
    return job.state() == JobState.COMPLETED ? reopened() : continued();
  }

  /**
   * Keeps the delay that was drawn for the present occurrence, as far as its jitter still allows.
   *
   * @param due when the job is due at present
   */
  Upcoming keepingDelay(Upcoming upcoming, Instant due) {
    return upcoming
        .nextRunAt()
        .map(
            next -> {
              Instant latest = next.plus(definition.jitter());
              return upcoming.dueAt(due.isAfter(latest) ? later(latest, now) : due);
            })
        .orElse(upcoming);
  }

  private Upcoming begun() {
    // A new phase begins with its anchor: what is to run at once must not have passed already.
    Upcoming first = after(unclaimed(now.minusMillis(1)));
    return owesCreation() && first.state() == JobState.ACTIVE ? at(job.createdAt()) : first;
  }

  private Upcoming continued() {
    if (owesCreation()) {
      return at(job.createdAt());
    } else if (definition.schedule() instanceof OnceSchedule) {
      return after(unclaimed(owedSince()));
    } else if (job.state() == JobState.PAUSED) {
      // A draw is kept. Any other occurrence is computed again: the replica that wrote it may have
      // had
      // a clock that is ahead, and what lies before it would be left out.
      return job.pending()
          .filter(pending -> definition.schedule() instanceof RandomDurationSchedule)
          .filter(now::isBefore)
          .map(this::at)
          .orElseGet(this::next);
    }
    // An overdue occurrence of an active job is still to come. None is known of a job that got one
    // back; for a job that rests after its runs the script decides whether a run is still active.
    return job.pending().map(this::at).orElseGet(this::next);
  }

  /** Only what completed the job can open it again, so that nothing is drawn for other changes. */
  private Upcoming reopened() {
    return endsLater() || job.exhausts(job.definition()) ? next() : Upcoming.NOTHING;
  }

  /** A drawn distance is measured from the occurrence before it, as long as that is not too far. */
  private Upcoming next() {
    boolean drawn =
        definition.schedule() instanceof RandomDurationSchedule distance
            && distance.from() == From.SCHEDULE
            && job.state() != JobState.PAUSED;
    return job.lastOccurrence()
        .filter(last -> drawn)
        .map(this::after)
        .filter(upcoming -> upcoming.nextRunAt().filter(now::isBefore).isPresent())
        .orElseGet(() -> after(unclaimed(now)));
  }

  private Upcoming after(Instant instant) {
    return Upcoming.after(instant, definition, anchor(), random);
  }

  private Upcoming at(Instant occurrence) {
    return isBeforeEnd(occurrence)
        ? Upcoming.at(occurrence, definition, anchor(), random)
        : Upcoming.NOTHING;
  }

  private boolean isBeforeEnd(Instant occurrence) {
    return definition.endAt().filter(end -> !occurrence.isBefore(end)).isEmpty();
  }

  private boolean endsLater() {
    Optional<Instant> end = job.definition().endAt();
    return end.isPresent() && definition.endAt().filter(to -> !to.isAfter(end.get())).isEmpty();
  }

  /** Whether the occurrence at the job's creation has not been claimed. */
  private boolean owesCreation() {
    return job.state() != JobState.COMPLETED
        && job.definition().runOnCreate()
        && definition.runOnCreate()
        && job.pending().equals(Optional.of(job.createdAt()));
  }

  /** Whether a list of instants is replaced by another that has one, too, that is still owed. */
  private boolean owesInstantOfBothLists() {
    return job.state() != JobState.COMPLETED
        && job.definition().schedule() instanceof OnceSchedule before
        && definition.schedule() instanceof OnceSchedule after
        && job.pending().filter(pending -> isOwedOfBoth(before, after, pending)).isPresent();
  }

  private boolean isOwedOfBoth(OnceSchedule before, OnceSchedule after, Instant pending) {
    Instant latest = later(pending, now);
    return after.at().stream()
        .filter(instant -> !instant.isBefore(pending) && !instant.isAfter(latest))
        .anyMatch(before.at()::contains);
  }

  /**
   * Whether it was to run once, at once, and has done so: then the removal of startAt is no reason
   * to.
   */
  private boolean hasRunAtOnce() {
    return job.lastOccurrence().isPresent()
        && definition.schedule() instanceof OnceSchedule once
        && once.at().isEmpty()
        && job.definition().schedule().equals(once);
  }

  /** Before the first instant of a list that may be owed. */
  private Instant owedSince() {
    return job.pending()
        .map(pending -> (pending.isBefore(now) ? pending : now).minusMillis(1))
        .or(job::lastOccurrence)
        .orElseGet(() -> anchor().minusMillis(1));
  }

  /** From when on occurrences are new: the leader's clock may be ahead of this one. */
  private Instant unclaimed(Instant instant) {
    return job.lastOccurrence().map(last -> later(last, instant)).orElse(instant);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
