package io.carillon.schedule;

import java.time.Duration;

/** When a cron expression runs: at a steady distance, or by its fields. */
sealed interface CronRule permits CronEvery, CronFields {

  String describe(NamedZone zone);

  Duration shortestInterval();
}
