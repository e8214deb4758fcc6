package io.carillon.schedule;

import java.time.Duration;

/**
 * The lengths of time a schedule may be given: positive, whole milliseconds, at most 9999 years.
 */
public final class Durations {

  /** 9999 years. */
  public static final Duration LONGEST = Duration.ofDays(3_652_059);

  private Durations() {}

  static void check(String pointer, Duration value, Faults faults) {
    if (value == null) {
      faults.add(pointer, "required", "a duration is required");
    } else if (value.isNegative() || value.isZero()) {
      faults.add(pointer, "out-of-range", value + " is not positive");
    } else if (value.compareTo(LONGEST) > 0) {
      faults.add(pointer, "out-of-range", value + " is longer than 9999 years");
    } else if (value.getNano() % 1_000_000 != 0) {
      faults.add(pointer, "too-fine", value + " has parts finer than a millisecond");
    }
  }
}
