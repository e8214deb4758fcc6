package io.carillon.schedule;

import java.util.random.RandomGenerator;

/**
 * The instants of one schedule, in epoch milliseconds, free of any window. Numbers instead of
 * objects, because the timing engine asks for a great many.
 */
interface Occurrences {

  /** Answered where there is no next occurrence. */
  long NO_NEXT = Long.MAX_VALUE;

  /** Answered where there is no previous occurrence. */
  long NO_PREVIOUS = Long.MIN_VALUE;

  /** The first occurrence strictly after the instant, or {@link #NO_NEXT}. */
  long next(long after, RandomGenerator random);

  /** The last occurrence strictly before the instant, or {@link #NO_PREVIOUS}. */
  long previous(long before);

  /** How many occurrences lie in {@code (from, to]}. */
  long count(long from, long to);
}
