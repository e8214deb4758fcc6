package io.carillon.schedule;

import java.util.List;

/** The lifecycle events that a job can listen to, and the patterns that name them. */
public final class EventTypes {

  /** Every type there is, without the {@code io.carillon.} that CloudEvents puts before it. */
  public static final List<String> ALL =
      List.of(
          "job.created",
          "job.updated",
          "job.paused",
          "job.resumed",
          "job.completed",
          "job.deleted",
          "run.queued",
          "run.started",
          "run.retrying",
          "run.awaiting-completion",
          "run.succeeded",
          "run.failed",
          "run.cancelled",
          "run.skipped",
          "scheduler.paused",
          "scheduler.resumed",
          "scheduler.limited",
          "leader.elected",
          "leader.resigned");

  private EventTypes() {}

  /** Whether the pattern names the type; {@code *} stands for any characters, also none. */
  public static boolean matches(String pattern, String type) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < type.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == type.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Whether the pattern names any type at all. */
  public static boolean known(String pattern) {
    return ALL.stream().anyMatch(type -> matches(pattern, type));
  }
}
