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
   * Looks at the lease from outside: a holder whose connection to the store is gone has died or
   * will have to prove itself, so others need not wait for its lease to lapse.
   *
   * @return empty when there is no holder
   */
  Optional<Sighting> look();

  /**
   * Takes the lease from a holder that was seen without a connection.
   *
   * @param seen the lease is taken only if it still is as it was seen then
   */
  Bid depose(String replica, Duration ttl, Sighting seen);

  /**
   * Has {@code listener} called when the connection that renews the lease is lost: the sooner the
   * lease is renewed on another, the less reason others have to take it.
   */
  void onConnectionLost(Runnable listener);

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

  /**
   * The lease as it stood at one look.
   *
   * @param holder who holds it
   * @param value the whole of it, different after each change of holder or connection
   * @param connected whether the holder's connection exists; true where that cannot be told
   */
  record Sighting(Leadership holder, String value, boolean connected) {}

  /** The answer to a bid. */
  sealed interface Bid {
    /**
     * @param gap for how long nobody had led; empty when nobody ever had
     */
    record Won(Leadership leadership, Optional<Duration> gap) implements Bid {}

    record Held(Leadership by) implements Bid {}
  }
}
