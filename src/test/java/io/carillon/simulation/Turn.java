package io.carillon.simulation;

import io.carillon.engine.SteppedLoop;
import java.time.Duration;

/** One of a replica's loops, and when it wants to go on. */
final class Turn {

  private final SteppedLoop loop;
  private long wakesAt;
  private boolean waitsForAnswer;

  /**
   * @param now monotonic, ns
   */
  Turn(SteppedLoop loop, long now) {
    this.loop = loop;
    this.wakesAt = now;
  }

  boolean isDue(long now) {
    return !waitsForAnswer && (loop.isNudged() || wakesAt - now <= 0);
  }

  long wakesAt() {
    return waitsForAnswer ? Long.MAX_VALUE : wakesAt;
  }

  void take(long now) {
    waitsForAnswer = true;
    try {
      Duration wait = loop.step();
      wakesAt = now + Math.max(0, Math.min(wait.toSeconds(), 60) * 1_000_000_000L + nanos(wait));
    } finally {
      waitsForAnswer = false;
    }
  }

  private static long nanos(Duration wait) {
    return wait.toSeconds() < 60 ? wait.toNanosPart() : 0;
  }

  @Override
  public String toString() {
    return loop.name();
  }
}
