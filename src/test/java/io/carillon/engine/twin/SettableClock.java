package io.carillon.engine.twin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is told otherwise; both the one on the wall and the monotonic.
 */
public final class SettableClock implements InstantSource {

  /** Where tests begin that do not care: a Tuesday morning. */
  public static final Instant START = Instant.parse("2026-12-01T09:00:00Z");

  private Instant now;
  private long nanos;

  public SettableClock() {
    this(START);
  }

  public SettableClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Ns from an arbitrary origin, as {@link System#nanoTime} gives them. */
  public synchronized long nanoTime() {
    return nanos;
  }

  /** Lets time pass. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /** Sets the clock on the wall, as an operator or a time server does; no time passes by it. */
  public synchronized void jumpTo(Instant instant) {
    now = instant;
  }
}
