package io.carillon.process;

import java.time.Instant;

/**
 * One webhook as a receiver got it.
 *
 * @param id its {@code webhook-id}
 * @param attempt its {@code carillon-attempt}
 */
public record Delivery(
    String id, String jobId, Instant scheduledAt, int attempt, Instant arrivedAt) {

  public Occurrence occurrence() {
    return new Occurrence(jobId, scheduledAt);
  }
}
