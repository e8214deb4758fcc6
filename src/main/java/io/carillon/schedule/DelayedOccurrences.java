package io.carillon.schedule;

import java.util.random.RandomGenerator;

/**
 * Each occurrence a delay after the instant asked about, drawn from {@code [min, max)}; equal
 * bounds draw nothing. The row exists only as it is lived through: it cannot be walked back or
 * counted.
 *
 * @param start epoch milliseconds of the first occurrence, or {@link #NO_START}
 */
record DelayedOccurrences(long min, long max, long start) implements Occurrences {

  static final long NO_START = Long.MIN_VALUE;

  @Override
  public long next(long after, RandomGenerator random) {
    if (after < start) {
      return start;
    }
    return after + (min == max ? min : random.nextLong(min, max));
  }

  @Override
  public long previous(long before) {
    return NO_PREVIOUS;
  }

  @Override
  public long count(long from, long to) {
    return 0;
  }
}
