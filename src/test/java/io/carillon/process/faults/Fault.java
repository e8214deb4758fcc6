package io.carillon.process.faults;

import java.time.Duration;

/** Something that happens to a cluster at work; its text says what and to whom. */
interface Fault {

  String what();

  String victim();

  /**
   * Lets it happen, up to where replicas that it ended could be started again.
   *
   * @param observation for how long to watch before a victim may return, at the least
   */
  Strike strike(Cluster cluster, Duration observation);

  Promise promise();

  /** Asserts what is to be so after it, besides what the account tells. */
  default void check(Cluster cluster, Trial trial) {}

  /** How much of what Redis had acknowledged it can undo at the most. */
  default Duration undone() {
    return Duration.ZERO;
  }
}
