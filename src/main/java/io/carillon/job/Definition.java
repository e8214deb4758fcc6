package io.carillon.job;

import io.carillon.schedule.From;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody asked Carillon to ring, complete with the defaults of what they left out.
 *
 * @param startAt the first instant at which it may run, and the anchor of its schedule
 * @param endAt the first instant at which it no longer runs
 * @param maxRuns how many accepted occurrences complete it
 * @param runOnCreate whether its creation is an occurrence too
 * @param jitter the longest random delay of an occurrence; zero for none
 * @param concurrency the job's own limit; empty for none
 * @param pauseAfter how many failed runs in a row pause it; empty for never
 */
public record Definition(
    Optional<String> name,
    Optional<String> description,
    List<String> tags,
    Schedule schedule,
    Optional<Instant> startAt,
    Optional<Instant> endAt,
    Optional<Integer> maxRuns,
    boolean runOnCreate,
    Duration jitter,
    Target target,
    Optional<Guard> guard,
    RetryPolicy retry,
    Optional<ConcurrencyPolicy> concurrency,
    MisfirePolicy misfire,
    Optional<Integer> pauseAfter) {

  public Definition {
    tags = List.copyOf(tags);
  }

  /** This definition with another target. */
  public Definition to(Target other) {
    return new Definition(
        name,
        description,
        tags,
        schedule,
        startAt,
        endAt,
        maxRuns,
        runOnCreate,
        jitter,
        other,
        guard,
        retry,
        concurrency,
        misfire,
        pauseAfter);
  }

  /**
   * The schedule in its window, counted from {@code anchor} where no {@code startAt} says
   * otherwise.
   */
  public Timetable timetable(Instant anchor) {
    return new Timetable(schedule, anchor, startAt, endAt);
  }

  /**
   * Whether the other definition runs in the same phase: it may begin, end or be exhausted at
   * another time, but what both have to come, they have at the same instants. Of a list of instants
   * {@code startAt} is only the begin of the window.
   */
  public boolean samePhase(Definition other) {
    boolean listed = schedule instanceof OnceSchedule once && !once.at().isEmpty();
    return schedule.equals(other.schedule) && (listed || startAt.equals(other.startAt));
  }

  /** Whether the other definition begins and ends when this one does. */
  public boolean sameWindow(Definition other) {
    return startAt.equals(other.startAt) && endAt.equals(other.endAt);
  }

  /** How long one attempt may take: the guard's answer and the target's. */
  public Duration timeAllowed() {
    return target.timeout().plus(guard.map(Guard::timeout).orElse(Duration.ZERO));
  }

  /** How long a job rests between the end of a run and the next; empty when runs do not matter. */
  public Optional<Rest> rest() {
    if (schedule.from() != From.COMPLETION) {
      return Optional.empty();
    }
    return schedule instanceof RandomDurationSchedule random
        ? Optional.of(new Rest(random.min(), random.max()))
        : schedule.shortestInterval().map(every -> new Rest(every, every));
  }

  /**
   * A rest of uniformly drawn length.
   *
   * @param longest exclusive, unless it equals {@code least}
   */
  public record Rest(Duration least, Duration longest) {}
}
