package io.carillon.bench;

import java.util.stream.IntStream;

/**
 * How fast this machine is, so that figures from two machines can be told apart: how often a second
 * one core goes through a fixed loop of integer arithmetic. The best of several turns counts, since
 * a neighbour only slows them down.
 */
final class MachineSpeed {

  private static final int STEPS = 20_000_000;
  private static final int TURNS = 8;

  /** Never true; it keeps the loop from being left out. */
  private static volatile boolean zero;

  private MachineSpeed() {}

  /** Millions of steps a second. */
  static double measure() {
    return IntStream.range(0, TURNS).mapToDouble(turn -> turn(turn + 1L)).max().orElseThrow();
  }

  private static double turn(long seed) {
    long begin = System.nanoTime();
    long state = seed;
    for (int step = 0; step < STEPS; step++) {
      // Xorshift, after Marsaglia (2003): each step needs the one before.
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    zero = state == 0;
    return STEPS * 1e3 / (System.nanoTime() - begin);
  }
}
