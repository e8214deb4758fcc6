package io.carillon.schedule;

import java.time.ZoneId;

/** A cron expression in English. */
final class CronWords {

  private CronWords() {}

  static String describe(CronFields fields, ZoneId zone) {
    return "cron, " + zone;
  }
}
