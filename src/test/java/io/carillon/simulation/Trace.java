package io.carillon.simulation;

import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened and when, a line for each move; written only where somebody wants to read it. */
final class Trace {

  private final SettableClock clock;
  private final boolean wanted;
  private final List<String> lines = new ArrayList<>();

  Trace(SettableClock clock, boolean wanted) {
    this.clock = clock;
    this.wanted = wanted;
  }

  void note(Supplier<String> line) {
    if (wanted) {
      Duration since = Duration.between(SettableClock.START, clock.instant());
      lines.add("%8.3f s  %s".formatted(since.toMillis() / 1000.0, line.get()));
    }
  }

  List<String> lines() {
    return lines;
  }
}
