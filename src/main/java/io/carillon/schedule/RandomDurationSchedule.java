package io.carillon.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * At a distance drawn anew each time, uniformly from {@code [min, max)}.
 *
 * @param min positive, whole milliseconds
 * @param max greater than {@code min}, whole milliseconds
 */
public record RandomDurationSchedule(Duration min, Duration max, From from) implements Schedule {

  public RandomDurationSchedule {
    Faults faults = new Faults();
    Durations.check("/min", min, faults);
    Durations.check("/max", max, faults);
    if (min != null && max != null && min.compareTo(max) >= 0) {
      faults.add("/max", "out-of-range", "max " + max + " is not greater than min " + min);
    }
    faults.throwIfAny();
    from = from == null ? From.SCHEDULE : from;
  }

  @Override
  public String describe() {
    String distance = Words.counted(min) + " to " + Words.counted(max) + ", drawn at random,";
    return distance + (from == From.COMPLETION ? " after each run ends" : " after each other");
  }

  @Override
  public Optional<Duration> shortestInterval() {
    return Optional.of(min);
  }
}
