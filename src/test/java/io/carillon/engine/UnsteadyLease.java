package io.carillon.engine;

import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A lease that takes its time to answer, or does not answer at all. */
final class UnsteadyLease implements Lease {

  private final Lease lease;
  private final SettableClock clock;
  private Duration there = Duration.ZERO;
  private Duration back = Duration.ZERO;
  private boolean reachable = true;
  private boolean answers = true;

  UnsteadyLease(Lease lease, SettableClock clock) {
    this.lease = lease;
    this.clock = clock;
  }

  /** How long a question takes to get there, and its answer to get back. */
  void takes(Duration there, Duration back) {
    this.there = there;
    this.back = back;
  }

  /** From now on nothing arrives. */
  void isOutOfReach() {
    reachable = false;
  }

  /** From now on what is asked is done, but not answered. */
  void losesAnswers() {
    answers = false;
  }

  void recovers() {
    reachable = true;
    answers = true;
  }

  @Override
  public Bid acquire(String replica, Duration ttl) {
    return exchange(() -> lease.acquire(replica, ttl));
  }

  /** Looking takes no time here: what is tested is the time that a change takes. */
  @Override
  public Optional<Sighting> look() {
    if (!reachable) {
      throw StoreUnavailable.silent("out of reach", null);
    }
    return lease.look();
  }

  @Override
  public Bid depose(String replica, Duration ttl, Sighting seen) {
    return exchange(() -> lease.depose(replica, ttl, seen));
  }

  @Override
  public void onConnectionLost(Runnable listener) {
    lease.onConnectionLost(listener);
  }

  @Override
  public boolean renew(Leadership leadership, Duration ttl) {
    return exchange(() -> lease.renew(leadership, ttl));
  }

  @Override
  public void release(Leadership leadership) {
    exchange(
        () -> {
          lease.release(leadership);
          return true;
        });
  }

  private <T> T exchange(Supplier<T> question) {
    clock.advance(there);
    if (!reachable) {
      throw StoreUnavailable.silent("out of reach", null);
    }
    T answer = question.get();
    clock.advance(back);
    if (!answers) {
      throw StoreUnavailable.silent("answer lost", null);
    }
    return answer;
  }

  @Override
  public Optional<Leadership> holder() {
    return lease.holder();
  }
}
