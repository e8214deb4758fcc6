package io.carillon.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A schedule bound to its anchor and its window: the instants at which a job runs.
 *
 * <p>Every answer has millisecond resolution; finer parts of the anchor and of the window are cut
 * off. Without {@code startAt} occurrences lie strictly after the anchor, with it at or after
 * {@code startAt}; {@code endAt} is exclusive; nothing lies outside the years 0001 to 9999. A
 * {@link OnceSchedule} without instants occurs at {@code startAt}, else at the anchor itself.
 *
 * <p>One {@link #next} or {@link #previous} does a bounded amount of work, whatever the schedule:
 * microseconds as a rule, well below 5 ms of CPU at worst. Immutable, safe to share between
 * threads.
 */
public final class Timetable {

  /** The first instant a timetable knows. */
  public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

  /** The last instant a timetable knows. */
  public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final long FIRST = EARLIEST.toEpochMilli();
  private static final long END = LATEST.toEpochMilli() + 1;

  private final Schedule schedule;
  private final Instant anchor;
  private final Optional<Instant> startAt;
  private final Optional<Instant> endAt;
  private final Occurrences occurrences;
  private final long lower;
  private final long upper;

  /**
   * @param anchor the creation of the schedule, or in a preview the instant it looks from; of no
   *     effect where there is {@code startAt}
   * @param startAt the first instant that may run; it also fixes the phase, in the past too
   * @param endAt the first instant that may not run any more
   */
  public Timetable(
      Schedule schedule, Instant anchor, Optional<Instant> startAt, Optional<Instant> endAt) {
    this.schedule = Objects.requireNonNull(schedule);
    this.anchor = Objects.requireNonNull(anchor);
    this.startAt = Objects.requireNonNull(startAt);
    this.endAt = Objects.requireNonNull(endAt);
    long phase = clamp(startAt.orElse(anchor));
    this.occurrences = Calendars.bind(schedule, phase, startAt.isPresent());
    boolean anchorRuns = startAt.isPresent() || isAtOnce(schedule);
    this.lower = Math.max(FIRST, anchorRuns ? phase : phase + 1);
    this.upper = endAt.isPresent() ? clamp(endAt.get()) : END;
  }

  public Schedule schedule() {
    return schedule;
  }

  public Instant anchor() {
    return anchor;
  }

  public Optional<Instant> startAt() {
    return startAt;
  }

  public Optional<Instant> endAt() {
    return endAt;
  }

  /**
   * The first occurrence strictly after an instant.
   *
   * @param after any instant; of a random duration the scheduled time of the occurrence before, and
   *     of {@link From#COMPLETION} the end of the run before, measured from {@code startAt} or the
   *     anchor where it lies before that
   * @param random asked by a random duration only
   */
  public Optional<Instant> next(Instant after, RandomGenerator random) {
    long next = occurrences.next(Math.max(clamp(after), lower - 1), random);
    return next < upper ? Optional.of(Instant.ofEpochMilli(next)) : Optional.empty();
  }

  /**
   * The last occurrence strictly before an instant. Empty for a random duration and for {@link
   * From#COMPLETION}, whose occurrences depend on draws and runs and cannot be told from the
   * schedule; for them the job's stored next occurrence is all that can have been missed.
   */
  public Optional<Instant> previous(Instant before) {
    long previous = occurrences.previous(Math.min(clampUp(before), upper));
    return previous >= lower ? Optional.of(Instant.ofEpochMilli(previous)) : Optional.empty();
  }

  /**
   * How many occurrences lie in {@code (from, to]}, by arithmetic, without walking them; 0 where
   * {@link #previous} is always empty.
   */
  public long count(Instant from, Instant to) {
    long first = Math.max(clamp(from), lower - 1);
    long last = Math.min(clamp(to), upper - 1);
    return first < last ? occurrences.count(first, last) : 0;
  }

  /** Whether the instant lies in the years a timetable knows, 0001 to 9999. */
  public static boolean covers(Instant instant) {
    return !instant.isBefore(EARLIEST)
        && !instant.isAfter(LATEST.plus(1, ChronoUnit.MILLIS).minusNanos(1));
  }

  private static boolean isAtOnce(Schedule schedule) {
    return schedule instanceof OnceSchedule once && once.at().isEmpty();
  }

  /** Epoch milliseconds, rounded down, at most one outside the years that count. */
  private static long clamp(Instant instant) {
    if (instant.isBefore(EARLIEST)) {
      return FIRST - 1;
    }
    return instant.isAfter(LATEST) ? END : instant.toEpochMilli();
  }

  /** As {@link #clamp}, rounded up. */
  private static long clampUp(Instant instant) {
    long down = clamp(instant);
    return instant.getNano() % 1_000_000 != 0 && down < END ? down + 1 : down;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timetable that
        && schedule.equals(that.schedule)
        && anchor.equals(that.anchor)
        && startAt.equals(that.startAt)
        && endAt.equals(that.endAt);
  }

  @Override
  public int hashCode() {
    return Objects.hash(schedule, anchor, startAt, endAt);
  }

  @Override
  public String toString() {
    return "Timetable[%s, anchor=%s, startAt=%s, endAt=%s]"
        .formatted(schedule, anchor, startAt, endAt);
  }
}
