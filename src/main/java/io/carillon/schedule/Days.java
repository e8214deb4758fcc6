package io.carillon.schedule;

/**
 * A set of dates, in days since 1970-01-01. Each search does a bounded amount of work: it gives up
 * after one cycle of the calendar, within which everything that can come has come.
 */
interface Days {

  /** Answered where there is no later day. */
  long NO_NEXT = Long.MAX_VALUE;

  /** Answered where there is no earlier day. */
  long NO_PREVIOUS = Long.MIN_VALUE;

  /** The first day not before the given one, or {@link #NO_NEXT}. */
  long atOrAfter(long day);

  /** The last day not after the given one, or {@link #NO_PREVIOUS}. */
  long atOrBefore(long day);

  /** How many days lie in {@code [from, to)}. */
  long count(long from, long to);
}
