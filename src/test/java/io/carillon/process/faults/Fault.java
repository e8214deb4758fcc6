package io.carillon.process.faults;

import java.time.Duration;

/** Something that happens to a cluster at work; its text says what and to whom. */
interface Fault {

  String what();

  String victim();

  /**
   * Lets it happen, up to where replicas that it ended could be started again.
   *
   * @param observation how to watch before a victim may return
   */
  Strike strike(Cluster cluster, Observation observation);

  Promise promise();

  /** Asserts what is to be so after it, besides what the account tells. */
  default void check(Cluster cluster, Trial trial) {}

  /** How much of what Redis had acknowledged it can undo at the most. */
  default Duration undone() {
    return Duration.ZERO;
  }
}
