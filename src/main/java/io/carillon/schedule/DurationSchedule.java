package io.carillon.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * At a steady distance: from {@code startAt} if there is one, else {@code every} after creation.
 *
 * @param every positive, whole milliseconds
 */
public record DurationSchedule(Duration every, From from) implements Schedule {

  public DurationSchedule {
    Faults faults = new Faults();
    Durations.check("/every", every, faults);
    faults.throwIfAny();
    from = from == null ? From.SCHEDULE : from;
  }

  @Override
  public String describe() {
    return from == From.COMPLETION
        ? Words.counted(every) + " after each run ends"
        : "every " + Words.of(every);
  }

  @Override
  public Optional<Duration> shortestInterval() {
    return Optional.of(every);
  }
}
