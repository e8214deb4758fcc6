package io.carillon.engine;

import io.carillon.engine.RunLedger.Next;
import io.carillon.job.Definition;
import io.carillon.job.JobState;
import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.From;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a job has to come: its next occurrence with its jitter drawn, or the news that none is left.
 *
 * @param state {@code active}, or {@code completed} when nothing is left
 * @param next empty also for an active job whose next occurrence follows from something else: from
 *     the end of a run, or from an event
 */
public record Upcoming(JobState state, Optional<Next> next) {

  /** Nothing is left. */
  static final Upcoming NOTHING = new Upcoming(JobState.COMPLETED, Optional.empty());

  /** The next occurrence follows from something else. */
  public static final Upcoming WAITING = new Upcoming(JobState.ACTIVE, Optional.empty());

  /** What follows on the acceptance of an occurrence, strictly after an instant. */
  static Upcoming onClaim(
      Instant after, Definition definition, Instant anchor, RandomGenerator random) {
    return definition.schedule().from() == From.COMPLETION
        ? WAITING
        : after(after, definition, anchor, random);
  }

  /** What follows strictly after an instant. */
  static Upcoming after(
      Instant after, Definition definition, Instant anchor, RandomGenerator random) {
    if (definition.schedule() instanceof EventSchedule) {
      return WAITING;
    }
    return definition
        .timetable(anchor)
        .next(after, random)
        .map(occurrence -> at(occurrence, definition, anchor, random))
        .orElse(NOTHING);
  }

  /** An occurrence that is known already. */
  static Upcoming at(
      Instant occurrence, Definition definition, Instant anchor, RandomGenerator random) {
    Duration delay = jitter(occurrence, definition, anchor, random);
    return new Upcoming(JobState.ACTIVE, Optional.of(new Next(occurrence, occurrence.plus(delay))));
  }

  /** The same occurrence, due at another instant. */
  Upcoming dueAt(Instant due) {
    return new Upcoming(state, next.map(known -> new Next(known.scheduledAt(), due)));
  }

  public Optional<Instant> nextRunAt() {
    return next.map(Next::scheduledAt);
  }

  public Optional<Instant> dueAt() {
    return next.map(Next::dueAt);
  }

  /** A delay that does not reach the occurrence after this one. */
  private static Duration jitter(
      Instant occurrence, Definition definition, Instant anchor, RandomGenerator random) {
    if (definition.jitter().isZero()) {
      return Duration.ZERO;
    }
    long most =
        definition
            .timetable(anchor)
            .next(occurrence, random)
            .map(following -> Duration.between(occurrence, following))
            .filter(gap -> gap.compareTo(definition.jitter()) < 0)
            .orElse(definition.jitter())
            .toMillis();
    return Duration.ofMillis(random.nextLong(Math.max(1, most)));
  }
}
