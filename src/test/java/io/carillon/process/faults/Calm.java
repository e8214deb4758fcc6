package io.carillon.process.faults;

import io.carillon.process.faults.Promise.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Nothing happens, which is what the faults are to be compared with. */
final class Calm implements Fault {

  private final Duration time;

  /**
   * @param time for how long
   */
  Calm(Duration time) {
    this.time = time;
  }

  @Override
  public String what() {
    return "nothing";
  }

  @Override
  public String victim() {
    return "nobody";
  }

  @Override
  public Promise promise() {
    return new Promise(Duration.ofMillis(500), Duration.ofMillis(500), Repeats.NOTHING);
  }

  @Override
  public Strike strike(Cluster cluster, Observation observation) {
    Instant begin = Instant.now();
    cluster.goOnFor(time);
    return new Strike(begin, begin, Optional.empty());
  }

  @Override
  public String toString() {
    return what() + " to " + victim();
  }
}
