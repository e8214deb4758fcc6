package io.carillon.process.faults;

import java.time.Instant;

/**
 * A fault as it happened once.
 *
 * @param from the occurrences after this instant are those that it may have concerned
 * @param to the last of them; by then the cluster was whole again and on time
 */
record Trial(Fault fault, Instant from, Instant to, Strike strike) {

  boolean concerns(Instant scheduledAt) {
    return scheduledAt.isAfter(from) && !scheduledAt.isAfter(to);
  }
}
