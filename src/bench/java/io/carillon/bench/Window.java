package io.carillon.bench;

import java.time.Duration;
import java.time.Instant;

/** The scheduled times that are measured: {@code from} on, before {@code to}. */
record Window(Instant from, Instant to) {

  static Window after(Instant now, Duration warmUp, Duration measured) {
    Instant from = now.plus(warmUp);
    return new Window(from, from.plus(measured));
  }

  boolean contains(Instant scheduledAt) {
    return !scheduledAt.isBefore(from) && scheduledAt.isBefore(to);
  }
}
