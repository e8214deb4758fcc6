package io.carillon.bench;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts the arrivals that belong to the window. */
final class Tally {

  private final Window window;
  private final Set<String> ids = new HashSet<>();
  private long[] lateness = new long[1 << 16];
  private int arrived;
  private long duplicates;
  private long retries;
  private long early;

  Tally(Window window) {
    this.window = window;
  }

  /** One line of {@link Arrivals}. */
  void add(String line) {
    String[] fields = line.split(" ");
    Instant scheduledAt = Instant.parse(fields[1]);
    if (!window.contains(scheduledAt)) {
      return;
    }
    if (Integer.parseInt(fields[2]) > 1) {
      retries++;
    }
    if (ids.add(fields[0])) {
      if (arrived == lateness.length) {
        lateness = Arrays.copyOf(lateness, arrived * 2);
      }
      long late =
          Long.parseLong(fields[3]) - TimeUnit.MILLISECONDS.toMicros(scheduledAt.toEpochMilli());
      lateness[arrived++] = late;
      early += late < 0 ? 1 : 0;
    } else {
      duplicates++;
    }
  }

  /** Occurrences of which at least one webhook arrived. */
  long arrived() {
    return arrived;
  }

  /** Webhooks beyond the first of their occurrence. */
  long duplicates() {
    return duplicates;
  }

  /** Webhooks that say that they are not the first attempt. */
  long retries() {
    return retries;
  }

  /** Webhooks that came before their time. */
  long early() {
    return early;
  }

  /** From the scheduled time to the first arrival. */
  Percentiles lateness() {
    return new Percentiles(Arrays.copyOf(lateness, arrived));
  }
}
