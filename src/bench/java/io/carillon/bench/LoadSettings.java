package io.carillon.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What the load command is asked for, by system properties.
 *
 * @param jobs {@code jobs}: how many jobs, each running once a second
 * @param idle {@code idle}: how many jobs there are besides that do not run meanwhile; where there
 *     are any, lists of all jobs are read and measured too
 * @param measured {@code seconds}: how long is measured
 * @param warmUp {@code warmup}: seconds of the same load before
 * @param together {@code together}: whether all jobs are due at the same instant instead of evenly
 *     over the second
 * @param cron {@code schedule=cron}: whether the jobs have a cron expression, which makes all of
 *     them due at the full second, instead of a duration ({@code schedule=duration})
 * @param heap {@code heap}: the service's heap, as in {@code 512m}
 * @param redis {@code redis}: where Redis is; empty for the service's own
 */
record LoadSettings(
    int jobs,
    int idle,
    Duration measured,
    Duration warmUp,
    boolean together,
    boolean cron,
    String heap,
    Optional<String> redis) {

  static LoadSettings ofSystemProperties() {
    return new LoadSettings(
        Integer.getInteger("jobs", 1000),
        Integer.getInteger("idle", 0),
        Duration.ofSeconds(Integer.getInteger("seconds", 20)),
        Duration.ofSeconds(Integer.getInteger("warmup", 10)),
        Boolean.getBoolean("together"),
        isCron(System.getProperty("schedule", "duration")),
        System.getProperty("heap", "512m"),
        Optional.ofNullable(System.getProperty("redis")).filter(uri -> !uri.isBlank()));
  }

  private static boolean isCron(String schedule) {
    return switch (schedule) {
      case "cron" -> true;
      case "duration" -> false;
      default -> throw new IllegalArgumentException("schedule is cron or duration: " + schedule);
    };
  }

  /** How many occurrences lie in the measured time. */
  long expected() {
    return jobs * measured.toSeconds();
  }
}
