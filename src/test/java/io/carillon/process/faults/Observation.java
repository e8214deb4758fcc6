package io.carillon.process.faults;

import static io.carillon.Eventually.eventually;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/**
 * How the others are watched before a victim may return: for some time, and until they ring without
 * it.
 *
 * @param least for how long
 * @param rings whether something has rung that was due after an instant
 */
record Observation(Duration least, Predicate<Instant> rings) {

  Observation atLeast(Duration time) {
    return new Observation(time.compareTo(least) > 0 ? time : least, rings);
  }

  /**
   * Watches them.
   *
   * @param gone when the victim could ring nothing any more
   */
  void of(Cluster cluster, Instant gone) {
    cluster.goOnFor(least);
    eventually("the others ring what was due after " + gone).until(() -> rings.test(gone));
  }
}
