package io.carillon.engine;

import io.carillon.engine.Lease.Bid;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.Lease.Sighting;
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

  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final double LOOK_JITTER = 0.2;

  /** After how long a holder without a connection is looked at again; then it is deposed. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private static final Duration WARNED_OFFSET = Duration.ofMillis(500);
  private static final Duration MOST_OFFSET = Duration.ofSeconds(5);

  private final String replica;
  private final Lease lease;
  private final Duration ttl;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Meters meters;
  private final CopyOnWriteArrayList<Runnable> onChange = new CopyOnWriteArrayList<>();
  final Loop loop = new Loop("election", this::step);

  private volatile Term term;
  private volatile boolean clockAstray;
  private Suspect suspect;
  private boolean toldTrouble;

  /** A holder that was seen without a connection. */
  private record Suspect(Sighting lease, long since) {}

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
    lease.onConnectionLost(loop::nudge);
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

  /**
   * Takes note of how far the store's clock is ahead of this replica's. Who is too far off does not
   * lead: it would fire early or late.
   */
  public void clockOffset(Duration ahead) {
    Duration off = ahead.abs();
    if (off.compareTo(WARNED_OFFSET) > 0) {
      LOG.log(Level.WARNING, "clock off by={0}", ahead);
    }
    boolean tooFar = off.compareTo(MOST_OFFSET) > 0;
    if (tooFar != clockAstray) {
      clockAstray = tooFar;
      loop.nudge();
    }
  }

  /** One look or bid, or one renewal. */
  Duration step() {
    Term now = term;
    if (clockAstray) {
      if (now != null) {
        resign(now, "clock astray");
      }
      return LOOK_EVERY;
    }
    return now == null ? standBy() : renew(now);
  }

  /**
   * Looks at the lease, and bids for it when it is free, or when its holder was twice seen without
   * a connection. Hasty, since the fence makes a needless take-over harmless.
   */
  private Duration standBy() {
    try {
      Duration wait = look(nanoTime.getAsLong());
      toldTrouble = false;
      return wait;
    } catch (StoreUnavailable unavailable) {
      trouble("look failed cause={0}", unavailable);
      return nextLook();
    }
  }

  private Duration look(long before) {
    Optional<Sighting> seen = lease.look();
    if (seen.isEmpty()) {
      return bid(lease.acquire(replica, ttl), before);
    }
    if (isMine(seen.get().holder()) && lease.renew(seen.get().holder(), ttl)) {
      lead(new Bid.Won(seen.get().holder(), Optional.empty()), before);
      return untilRenewal(before);
    }
    if (seen.get().connected()) {
      suspect = null;
      return nextLook();
    } else if (suspect == null || !suspect.lease.equals(seen.get())) {
      suspect = new Suspect(seen.get(), before);
      return LOOK_AGAIN;
    } else if (before - suspect.since >= LOOK_AGAIN.toNanos()) {
      return bid(lease.depose(replica, ttl, suspect.lease), before);
    }
    return LOOK_AGAIN;
  }

  private Duration bid(Bid answer, long before) {
    suspect = null;
    if (answer instanceof Bid.Won won) {
      lead(won, before);
      return untilRenewal(before);
    }
    return nextLook();
  }

  private Duration nextLook() {
    double spread = 1 + LOOK_JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(LOOK_EVERY.toMillis() * spread));
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
        return LOOK_EVERY;
      }
      toldTrouble = false;
      trustLonger(current, before);
      return untilRenewal(before);
    } catch (StoreUnavailable unavailable) {
      trouble("renewal failed cause={0}", unavailable);
      if (nanoTime.getAsLong() - current.trustedUntil >= 0) {
        stepDown("trust ran out");
      }
      return ttl.dividedBy(30);
    }
  }

  /** Told when it begins: what is tried many times a second is not to fill the log. */
  private void trouble(String message, StoreUnavailable cause) {
    LOG.log(toldTrouble ? Level.DEBUG : Level.WARNING, message, cause.getMessage());
    toldTrouble = true;
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

  private void lead(Bid.Won won, long since) {
    Leadership leadership = won.leadership();
    term = trusted(leadership, since);
    LOG.log(
        Level.INFO,
        "leader elected replica={0} epoch={1} gap={2}",
        replica,
        Long.toString(leadership.epoch()),
        won.gap().map(Duration::toString).orElse("none"));
    meters.elected(leadership.epoch(), won.gap());
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
      resign(last, "closed");
    }
  }

  private void resign(Term last, String why) {
    stepDown(why);
    try {
      lease.release(last.leadership);
    } catch (StoreUnavailable unavailable) {
      LOG.log(Level.WARNING, "release failed cause={0}", unavailable.getMessage());
    }
  }
}
