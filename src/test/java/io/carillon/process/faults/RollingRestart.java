package io.carillon.process.faults;

import io.carillon.process.faults.Promise.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One replica after another is told to end and started again, as when a new version comes. */
final class RollingRestart implements Fault {

  @Override
  public String what() {
    return "rolling restart";
  }

  @Override
  public String victim() {
    return "all three";
  }

  @Override
  public Promise promise() {
    return new Promise(Duration.ofMillis(500), Duration.ofMillis(500), Repeats.NOTHING);
  }

  @Override
  public Strike strike(Cluster cluster, Observation observation) {
    Instant struck = Instant.now();
    for (Replica replica : cluster.replicas()) {
      replica.terminate();
      cluster.heal();
    }
    return new Strike(struck, Instant.now(), Optional.empty());
  }

  @Override
  public String toString() {
    return what() + " of " + victim();
  }
}
