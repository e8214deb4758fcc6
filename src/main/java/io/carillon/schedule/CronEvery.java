package io.carillon.schedule;

import java.time.Duration;
import java.time.ZoneId;

/** {@code @every 90s}: a steady distance, anchored as a {@link DurationSchedule} is. */
record CronEvery(Duration every) implements CronRule {

  @Override
  public String describe(ZoneId zone) {
    return "every " + Words.of(every);
  }

  @Override
  public Duration shortestInterval() {
    return every;
  }
}
