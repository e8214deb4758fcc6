package io.carillon.engine;

import io.carillon.engine.Lease.Bid;
import io.carillon.engine.Lease.Leadership;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Bids for the lease, and renews it while it is held. The holder trusts itself for two thirds of
 * the lease, measured on the monotonic clock from <em>before</em> the call that won or renewed it:
 * so it stops leading before the lease can lapse, whatever the call took. The fence makes all this
 * a matter of efficiency only.
 *
 * <pre>
 *            won                 renewed
 *  standby ───────▶ leading ◀───────────┐
 *     ▲                │ └──────────────┘
 *     └────────────────┘ fenced, trust ran out, resigned
 * </pre>
 */
public final class Election implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Election.class.getName());

  private static final Duration BID_EVERY = Duration.ofSeconds(1);
  private static final double BID_JITTER = 0.2;

  private final String replica;
  private final Lease lease;
  private final Duration ttl;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Meters meters;
  private final CopyOnWriteArrayList<Runnable> onChange = new CopyOnWriteArrayList<>();
  private final Loop loop = new Loop("election", this::step);

  private volatile Term term;

  /** What this replica knows of its own leadership. */
  private record Term(Leadership leadership, long trustedUntil) {}

  /**
   * @param ttl of the lease, 1 s to 60 s
   * @param nanoTime the monotonic clock
   */
  public Election(
      String replica,
      Lease lease,
      Duration ttl,
      LongSupplier nanoTime,
      RandomGenerator random,
      Meters meters) {
    if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("the lease's ttl must be from 1 s to 60 s, not " + ttl);
    }
    this.replica = replica;
    this.lease = lease;
    this.ttl = ttl;
    this.nanoTime = nanoTime;
    this.random = random;
    this.meters = meters;
  }

  public void start() {
    loop.start();
  }

  /** Has {@code listener} called after each change of leadership, on the election's thread. */
  public void onChange(Runnable listener) {
    onChange.add(listener);
  }

  /** This replica's leadership, while it may trust in it. */
  public Optional<Leadership> leadership() {
    Term now = term;
    return now != null && nanoTime.getAsLong() - now.trustedUntil < 0
        ? Optional.of(now.leadership)
        : Optional.empty();
  }

  /** Bids at once: the lease has been given up. */
  public void leaseReleased() {
    loop.nudge();
  }

  /** Takes note that a newer leader has been elected than the one of this epoch. */
  public void fenced(long epoch) {
    meters.fenced();
    Term now = term;
    if (now != null && now.leadership.epoch() == epoch) {
      stepDown("fenced");
    }
  }

  /** One bid or one renewal. */
  Duration step() {
    Term now = term;
    return now == null ? bid() : renew(now);
  }

  private Duration bid() {
    long before = nanoTime.getAsLong();
    try {
      Bid answer = lease.acquire(replica, ttl);
      if (answer instanceof Bid.Won won) {
        lead(won.leadership(), before);
        return untilRenewal(before);
      }
      if (answer instanceof Bid.Held held && isMine(held.by()) && lease.renew(held.by(), ttl)) {
        lead(held.by(), before);
        return untilRenewal(before);
      }
    } catch (StoreUnavailable unavailable) {
      LOG.log(Level.DEBUG, "bid failed cause={0}", unavailable.getMessage());
    }
    double spread = 1 + BID_JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(BID_EVERY.toMillis() * spread));
  }

  /** Either the answer to a bid of mine was lost, or I stepped down on a doubt that has gone. */
  private boolean isMine(Leadership leadership) {
    return leadership.replica().equals(replica);
  }

  private Duration untilRenewal(long before) {
    return ttl.dividedBy(3).minusNanos(nanoTime.getAsLong() - before);
  }

  private Duration renew(Term current) {
    long before = nanoTime.getAsLong();
    try {
      if (!lease.renew(current.leadership, ttl)) {
        fenced(current.leadership.epoch());
        return BID_EVERY;
      }
      trustLonger(current, before);
      return untilRenewal(before);
    } catch (StoreUnavailable unavailable) {
      LOG.log(Level.WARNING, "renewal failed cause={0}", unavailable.getMessage());
      if (nanoTime.getAsLong() - current.trustedUntil >= 0) {
        stepDown("trust ran out");
      }
      return ttl.dividedBy(10);
    }
  }

  /** Unless the timing engine has heard of a newer leader meanwhile. */
  private synchronized void trustLonger(Term current, long since) {
    if (term == current) {
      term = trusted(current.leadership, since);
    }
  }

  private Term trusted(Leadership leadership, long since) {
    return new Term(leadership, since + ttl.toNanos() * 2 / 3);
  }

  private void lead(Leadership leadership, long since) {
    term = trusted(leadership, since);
    LOG.log(
        Level.INFO,
        "leader elected replica={0} epoch={1}",
        replica,
        Long.toString(leadership.epoch()));
    meters.elected(leadership.epoch());
    onChange.forEach(Runnable::run);
  }

  private synchronized void stepDown(String why) {
    Term last = term;
    if (last == null) {
      return;
    }
    term = null;
    LOG.log(
        Level.INFO,
        "leader stepped down replica={0} epoch={1} why={2}",
        replica,
        Long.toString(last.leadership.epoch()),
        why);
    meters.resigned();
    onChange.forEach(Runnable::run);
  }

  /** Stops bidding, and gives up the lease if it is held. */
  @Override
  public void close() {
    loop.close();
    Term last = term;
    if (last != null) {
      stepDown("closed");
      try {
        lease.release(last.leadership);
      } catch (StoreUnavailable unavailable) {
        LOG.log(Level.WARNING, "release failed cause={0}", unavailable.getMessage());
      }
    }
  }
}
