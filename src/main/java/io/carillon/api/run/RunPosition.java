package io.carillon.api.run;

import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** A run's place in a list: newest scheduled time first, then by id, while runs come and go. */
record RunPosition(Instant scheduledAt, RunId id) implements Comparable<RunPosition> {

  private static final Comparator<RunPosition> ORDER =
      Comparator.comparing(RunPosition::scheduledAt)
          .reversed()
          .thenComparing(position -> position.id.toString());

  static RunPosition of(Run run) {
    return new RunPosition(run.scheduledAt(), run.id());
  }

  /** Reads what {@link #toString} wrote; empty when it is something else. */
  static Optional<RunPosition> parse(String text) {
    int separator = text.indexOf('@');
    if (separator < 0) {
      return Optional.empty();
    }
    try {
      Instant scheduledAt = Instant.ofEpochMilli(Long.parseLong(text.substring(0, separator)));
      return RunId.parse(text.substring(separator + 1)).map(id -> new RunPosition(scheduledAt, id));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(RunPosition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return scheduledAt.toEpochMilli() + "@" + id;
  }
}
