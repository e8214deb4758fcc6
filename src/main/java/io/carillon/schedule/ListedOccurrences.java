package io.carillon.schedule;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** A sorted list of distinct instants, possibly empty. */
final class ListedOccurrences implements Occurrences {

  private final long[] instants;

  ListedOccurrences(long... instants) {
    this.instants = instants;
  }

  @Override
  public long next(long after, RandomGenerator random) {
    int index = upTo(after);
    return index < instants.length ? instants[index] : NO_NEXT;
  }

  @Override
  public long previous(long before) {
    int index = upTo(before - 1);
    return index > 0 ? instants[index - 1] : NO_PREVIOUS;
  }

  @Override
  public long count(long from, long to) {
    return upTo(to) - upTo(from);
  }

  /** How many instants lie at or before the given one. */
  private int upTo(long instant) {
    int index = Arrays.binarySearch(instants, instant);
    return index >= 0 ? index + 1 : -index - 1;
  }
}
