package io.carillon.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who may lead. A lease lapses unless renewed; each new holder has a greater epoch, the fencing
 * number that the ledger checks, so a lease need not be exact to be safe. All calls block.
 */
public interface Lease {

  /** Bids for the lease. */
  Bid acquire(String replica, Duration ttl);

  /**
   * Prolongs the caller's lease, also one that lapsed while nobody else took it.
   *
   * @return false when somebody else has been elected since
   */
  boolean renew(Leadership leadership, Duration ttl);

  /** Gives the lease up and says so, if it is still the caller's. */
  void release(Leadership leadership);

  /** The present holder, if any. */
  Optional<Leadership> holder();

  /**
   * One replica's term as the leader.
   *
   * @param epoch greater than that of every term before
   */
  record Leadership(String replica, long epoch, Instant since) {}

  /** The answer to a bid. */
  sealed interface Bid {
    record Won(Leadership leadership) implements Bid {}

    record Held(Leadership by) implements Bid {}
  }
}
