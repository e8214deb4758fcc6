package io.carillon.schedule;

import java.time.Duration;

/** {@code @every 90s}: a steady distance, anchored as a {@link DurationSchedule} is. */
record CronEvery(Duration every) implements CronRule {

  @Override
  public String describe(NamedZone zone) {
    return "every " + Words.of(every);
  }

  @Override
  public Duration shortestInterval() {
    return every;
  }
}
