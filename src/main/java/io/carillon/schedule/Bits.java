package io.carillon.schedule;

import java.util.stream.IntStream;

/** Sets of the numbers 0 to 62 in the bits of a long. */
final class Bits {

  /** Answered by {@link #next} where there is none. */
  static final int NO_NEXT = 64;

  /** Answered by {@link #previous} where there is none. */
  static final int NO_PREVIOUS = -1;

  private Bits() {}

  static boolean has(long set, int number) {
    return (set >>> number & 1) != 0;
  }

  /** The least member not below the number, which is at most 63. */
  static int next(long set, int number) {
    return Long.numberOfTrailingZeros(set & (-1L << number));
  }

  /** The greatest member not above the number, which may be -1. */
  static int previous(long set, int number) {
    return number < 0 ? NO_PREVIOUS : 63 - Long.numberOfLeadingZeros(set & below(number + 1));
  }

  /** All numbers below a bound of at most 63. */
  static long below(int bound) {
    return (1L << bound) - 1;
  }

  /** All numbers from the first to the last, both included and at most 62. */
  static long range(int first, int last) {
    return below(last + 1) & -1L << first;
  }

  /** How many members lie below a bound of at most 63. */
  static int countBelow(long set, int bound) {
    return Long.bitCount(set & below(bound));
  }

  /** The members, ascending. */
  static IntStream stream(long set) {
    return IntStream.range(0, 63).filter(number -> has(set, number));
  }

  /** The distance of the members, if they lie at even distances from 0 all round a dial; else 0. */
  static int step(long set, int dial) {
    int step = Long.bitCount(set) == 1 ? dial : next(set, 1);
    long even = 0;
    for (int number = 0; number < dial; number += step) {
      even |= 1L << number;
    }
    return dial % step == 0 && set == even ? step : 0;
  }
}
