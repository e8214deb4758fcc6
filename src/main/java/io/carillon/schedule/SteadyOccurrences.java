package io.carillon.schedule;

import java.util.random.RandomGenerator;

/** {@code anchor + k * every} for every whole k, in milliseconds. */
record SteadyOccurrences(long anchor, long every) implements Occurrences {

  @Override
  public long next(long after, RandomGenerator random) {
    return anchor + (Math.floorDiv(after - anchor, every) + 1) * every;
  }

  @Override
  public long previous(long before) {
    return anchor + Math.floorDiv(before - 1 - anchor, every) * every;
  }

  @Override
  public long count(long from, long to) {
    return Math.floorDiv(to - anchor, every) - Math.floorDiv(from - anchor, every);
  }
}
