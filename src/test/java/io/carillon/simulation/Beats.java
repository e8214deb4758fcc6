package io.carillon.simulation;

import io.carillon.job.Definition;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.From;
import io.carillon.schedule.OnceSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a job is to run, found by walking from one occurrence to the next: an answer that owes
 * nothing to the calendar's arithmetic.
 */
final class Beats {

  private final Definition definition;
  private final Instant anchor;

  Beats(Definition definition, Instant anchor) {
    this.definition = definition;
    this.anchor = anchor;
  }

  /** Whether they follow from the schedule alone, and from no draw and no run. */
  boolean areKnown() {
    return definition.schedule() instanceof OnceSchedule
        || definition.schedule() instanceof DurationSchedule steady
            && steady.from() == From.SCHEDULE;
  }

  /** The first after an instant. */
  Optional<Instant> after(Instant instant) {
    if (definition.schedule() instanceof OnceSchedule once) {
      return once.at().stream().sorted().filter(instant::isBefore).findFirst();
    }
    Duration every = ((DurationSchedule) definition.schedule()).every();
    Instant next = anchor.plus(every);
    while (!next.isAfter(instant)) {
      next = next.plus(every);
    }
    return Optional.of(next);
  }

  /** How many there are from one of them up to another, the latter not; −1 if that is none. */
  int count(Instant from, Instant to) {
    int count = 0;
    Optional<Instant> next = Optional.of(from);
    while (next.filter(to::isAfter).isPresent()) {
      count++;
      next = after(next.get());
    }
    return next.filter(to::equals).isPresent() ? count : -1;
  }
}
