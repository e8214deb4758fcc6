package io.carillon.redis;

import java.time.Duration;

/**
 * How the ledger uses its Redis.
 *
 * @param timeout for one command or script; what takes longer has an unknown outcome
 * @param historyKept how many ended runs of a job are kept
 * @param historyAge how long an ended run is kept
 * @param eventsKept about how many lifecycle events are kept
 */
public record RedisSettings(
    Duration timeout, int historyKept, Duration historyAge, int eventsKept) {
  public static final RedisSettings DEFAULT =
      new RedisSettings(Duration.ofSeconds(2), 50, Duration.ofDays(7), 100_000);
}
