package io.carillon.engine.twin;

import io.carillon.engine.Hints;
import io.carillon.engine.Lease;
import io.carillon.engine.twin.State.HeldLease;
import java.time.Duration;
import java.util.Optional;

/** The lease: held by whoever was elected last, until it lapses or is given up. */
final class TwinLease implements Lease {

  private final State state;

  TwinLease(State state) {
    this.state = state;
  }

  @Override
  public Bid acquire(String replica, Duration ttl) {
    synchronized (state) {
      Optional<Leadership> held = holder();
      if (held.isPresent()) {
        return new Bid.Held(held.get());
      }
      return elect(replica, ttl);
    }
  }

  @Override
  public Optional<Sighting> look() {
    synchronized (state) {
      return holder().map(held -> new Sighting(held, value(held), true));
    }
  }

  /** No two holders have an epoch in common. */
  private static String value(Leadership held) {
    return held.replica() + '/' + held.epoch();
  }

  @Override
  public Bid depose(String replica, Duration ttl, Sighting seen) {
    synchronized (state) {
      Optional<Leadership> held = holder();
      return held.isEmpty() || value(held.get()).equals(seen.value())
          ? elect(replica, ttl)
          : new Bid.Held(held.get());
    }
  }

  /** There is no connection that could be lost. */
  @Override
  public void onConnectionLost(Runnable listener) {}

  private Bid elect(String replica, Duration ttl) {
    state.epoch = Math.max(state.epoch + 1, state.now().toEpochMilli());
    Optional<Duration> gap =
        state
            .led
            .map(led -> Duration.between(led, state.now()))
            .map(length -> length.isNegative() ? Duration.ZERO : length);
    Leadership won = new Leadership(replica, state.epoch, state.now());
    hold(won, ttl);
    state.tell(
        Told.of("leader.elected")
            .with("replica", replica)
            .with("epoch", won.epoch())
            .with("gapMs", gap.map(Duration::toMillis)));
    return new Bid.Won(won, gap);
  }

  @Override
  public boolean renew(Leadership leadership, Duration ttl) {
    synchronized (state) {
      boolean latest = leadership.epoch() == state.epoch;
      if (latest) {
        hold(leadership, ttl);
      }
      return latest;
    }
  }

  private void hold(Leadership leadership, Duration ttl) {
    state.lease = Optional.of(new HeldLease(leadership, state.now().plus(ttl)));
    state.led = Optional.of(state.now());
  }

  @Override
  public void release(Leadership leadership) {
    synchronized (state) {
      boolean holds =
          holder()
              .filter(held -> held.replica().equals(leadership.replica()))
              .filter(held -> held.epoch() == leadership.epoch())
              .isPresent();
      if (holds) {
        state.lease = Optional.empty();
        state.led = Optional.of(state.now());
        state.tell(
            Told.of("leader.resigned")
                .with("replica", leadership.replica())
                .with("epoch", leadership.epoch()));
        state.hints.tell(Hints.Listener::leaseReleased);
      }
    }
  }

  /** What has lapsed stays so, even if the clock is set back. */
  void forgetLapsed() {
    synchronized (state) {
      state.lease = state.lease.filter(held -> state.now().isBefore(held.until()));
    }
  }

  @Override
  public Optional<Leadership> holder() {
    synchronized (state) {
      return state
          .lease
          .filter(held -> state.now().isBefore(held.until()))
          .map(HeldLease::leadership);
    }
  }
}
