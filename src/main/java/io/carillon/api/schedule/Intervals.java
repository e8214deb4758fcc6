package io.carillon.api.schedule;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.time.Duration;

/** How close to each other a schedule's occurrences may lie. */
public final class Intervals {

  private Intervals() {}

  /** Adds to {@code found} that a schedule, legal otherwise, is too busy. */
  public static void check(
      ScheduleDocument document, Duration least, Pointer at, Violations found) {
    // The list of a once schedule has an end; what goes on for ever is the trouble.
    if (document instanceof OnceDocument) {
      return;
    }
    document
        .toSchedule()
        .shortestInterval()
        .filter(shortest -> shortest.compareTo(least) < 0)
        .ifPresent(
            shortest ->
                found.add(
                    Violation.ofValue(
                        at.member(culprit(document)),
                        Codes.OUT_OF_RANGE,
                        "runs " + shortest + " after one another; the least is " + least)));
  }

  private static String culprit(ScheduleDocument document) {
    if (document instanceof DurationDocument) {
      return "every";
    } else if (document instanceof RandomDurationDocument) {
      return "min";
    }
    return document instanceof CronDocument ? "expression" : "at";
  }
}
