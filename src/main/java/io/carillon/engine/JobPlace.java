package io.carillon.engine;

import io.carillon.job.Job;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's place in a list. It stays where it is when that job is gone.
 *
 * @param nextRunAt present in lists in the order of {@link JobSort#NEXT_RUN_AT}
 */
public record JobPlace(Optional<Instant> nextRunAt, String id) implements Comparable<JobPlace> {

  private static final Comparator<JobPlace> ORDER =
      Comparator.comparing((JobPlace place) -> place.nextRunAt.orElse(Instant.EPOCH))
          .thenComparing(JobPlace::id);

  /** The longest number of milliseconds that a ledger keeps. */
  private static final Pattern SHAPE = Pattern.compile("(?:(\\d{1,15})@)?([^@]+)");

  public static JobPlace of(String id) {
    return new JobPlace(Optional.empty(), id);
  }

  /** A job's place in this order; empty where it has none. */
  public static Optional<JobPlace> of(Job job, JobSort sort) {
    return switch (sort) {
      case ID -> Optional.of(of(job.id()));
      case NEXT_RUN_AT -> job.nextRunAt().map(next -> new JobPlace(Optional.of(next), job.id()));
    };
  }

  /** Reads what {@link #toString} wrote; empty when it is something else. */
  public static Optional<JobPlace> parse(String text) {
    Matcher parts = SHAPE.matcher(text);
    return parts.matches()
        ? Optional.of(
            new JobPlace(
                Optional.ofNullable(parts.group(1)).map(Long::parseLong).map(Instant::ofEpochMilli),
                parts.group(2)))
        : Optional.empty();
  }

  /** Whether it is a place in this order. */
  public boolean isIn(JobSort sort) {
    return nextRunAt.isPresent() == (sort == JobSort.NEXT_RUN_AT);
  }

  @Override
  public int compareTo(JobPlace other) {
    return ORDER.compare(this, other);
  }

  /** The id alone, or {@code <ms>@<id>}. */
  @Override
  public String toString() {
    return nextRunAt.map(next -> next.toEpochMilli() + "@").orElse("") + id;
  }
}
