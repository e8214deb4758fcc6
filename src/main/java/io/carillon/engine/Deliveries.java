package io.carillon.engine;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.RunLedger.Taken;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.RunId;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Takes ready runs, as many as there is room for, hands them to the courier and records how each
 * attempt ended. One wish for runs is under way at a time; while it has no answer it is repeated
 * under the same token, so that a lost answer strands no run. What the leader claims may be handed
 * to it without a wish ({@link HandOffs}). Outcomes are gathered for a millisecond and recorded
 * together; one that could not be recorded is tried again until the ledger answers.
 */
public final class Deliveries implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

  private static final int MOST_A_TAKE = 500;
  private static final int MOST_A_FINISH = 500;

  /** Few, so that outcomes that come while the ledger is busy go to it together. */
  private static final int MOST_FINISHES_UNDER_WAY = 2;

  private static final Duration UNSENT_DELAY = Duration.ofSeconds(10);
  private static final Duration LAST_ANSWER = Duration.ofSeconds(2);
  private static final Duration HAND_BACK = Duration.ofSeconds(2);
  private static final long GATHER_NANOS = Duration.ofMillis(1).toNanos();
  private static final long POLL_NANOS = Duration.ofMillis(500).toNanos();
  private static final long AFTER_FAILURE_NANOS = Duration.ofMillis(200).toNanos();

  private final String replica;
  private final RunLedger ledger;
  private final Courier courier;
  private final int concurrency;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Meters meters;
  final Loop loop = new Loop("deliveries", this::step);

  /** Runs taken and not yet recorded; what bounds them bounds the memory of all this. */
  private final Map<Hold, TakenRun> underWay = new ConcurrentHashMap<>();

  private final Queue<Finish> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger gathered = new AtomicInteger();
  private final AtomicInteger finishesUnderWay = new AtomicInteger();
  private volatile long gatheredSince;
  private volatile long recordNotBefore;

  private volatile boolean taking = true;
  private volatile boolean asking;
  private volatile boolean wanted = true;
  private volatile long askAt;
  private volatile Wish wish;
  private final HandOffs handOffs;

  /** A run as this replica has it: re-offered and taken again, it is another. */
  private record Hold(RunId id, String token) {}

  /** A wish for runs and when it was first uttered. */
  private record Wish(Take take, long since) {}

  /**
   * @param concurrency how many runs may be under way in this replica
   * @param nanoTime the monotonic clock
   */
  public Deliveries(
      String replica,
      RunLedger ledger,
      Courier courier,
      int concurrency,
      InstantSource clock,
      LongSupplier nanoTime,
      RandomGenerator random,
      Meters meters) {
    this.replica = replica;
    this.ledger = ledger;
    this.courier = courier;
    this.concurrency = concurrency;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
    this.meters = meters;
    this.handOffs =
        new HandOffs(ledger, replica, this::drawToken, nanoTime, this::receive, loop::nudge);
    this.askAt = nanoTime.getAsLong();
    this.recordNotBefore = askAt;
  }

  public void start() {
    loop.start();
  }

  /** Looks for ready runs now. */
  public void runsReady() {
    wanted = true;
    loop.nudge();
  }

  /** A run was cancelled, perhaps one of ours. */
  public void runCancelled(RunId run) {
    courier.cancel(run);
  }

  public int underWay() {
    return underWay.size();
  }

  private Duration step() {
    long now = nanoTime.getAsLong();
    long record = recordOutcomes(now);
    long ask = handOffs.askOwned(now, POLL_NANOS);
    return Duration.ofNanos(Math.min(record, Math.min(ask, takeRuns(now))));
  }

  /** Offers a claim to take runs of it over; once nothing is taken any more, none. */
  synchronized HandOffs.Offer offer(int share) {
    return handOffs.reserve(share, taking ? room() : 0);
  }

  /** A claim was answered for which an offer was made. */
  void handedOff(HandOffs.Offer offer, List<TakenRun> runs) {
    handOffs.answered(offer, runs);
    if (wanted) {
      // There was no room perhaps, while it was reserved.
      loop.nudge();
    }
  }

  /** What a claim did for which an offer was made is not known. */
  void unanswered(HandOffs.Offer offer) {
    handOffs.unanswered(offer);
  }

  /** For how many runs nobody has asked yet. */
  private synchronized int room() {
    Wish asked = wish;
    int wished = asked == null ? 0 : asked.take.max();
    return concurrency - underWay.size() - wished - handOffs.reserved();
  }

  /**
   * Asks for runs, if there is room and reason to.
   *
   * @return for how long there is nothing to ask, in ns
   */
  private long takeRuns(long now) {
    if (asking || wish == null && (!taking || room() <= 0)) {
      return POLL_NANOS;
    }
    if (askAt - now > 0 && (wish != null || !wanted)) {
      return askAt - now;
    }
    if (wish != null || makeWish(now)) {
      ask();
    }
    return POLL_NANOS;
  }

  private synchronized boolean makeWish(long now) {
    // A wish for all the room would leave none to what is claimed while it is under way.
    int most = handOffs.inUse() ? (room() + 1) / 2 : room();
    int room = Math.min(MOST_A_TAKE, most);
    if (taking && room > 0) {
      wish = new Wish(new Take(replica, drawToken(), room), now);
    }
    return wish != null;
  }

  private String drawToken() {
    return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
  }

  private void ask() {
    wanted = false;
    asking = true;
    Wish asked = wish;
    ledger
        .take(asked.take)
        .handle((taken, failure) -> failure == null ? accept(asked, taken) : askAgain(failure))
        .exceptionally(this::unexpected)
        .thenRun(
            () -> {
              asking = false;
              loop.nudge();
            });
  }

  private Void askAgain(Throwable failure) {
    LOG.log(Level.DEBUG, "take failed cause={0}", failure.getMessage());
    askAt = nanoTime.getAsLong() + AFTER_FAILURE_NANOS;
    return null;
  }

  private Void unexpected(Throwable failure) {
    LOG.log(Level.ERROR, "answer not understood replica=" + replica, failure);
    return null;
  }

  private Void accept(Wish asked, Taken taken) {
    taken.runs().forEach(this::hold);
    wish = null;
    if (taken.runs().size() == asked.take.max()) {
      wanted = true;
    }
    long untilNext = taken.untilNext().map(Duration::toNanos).orElse(POLL_NANOS);
    askAt = nanoTime.getAsLong() + Math.min(untilNext, POLL_NANOS);
    taken.runs().forEach(run -> deliver(run, asked.since));
    return null;
  }

  private void receive(HandOffs.Received handedOff) {
    handedOff.runs().forEach(this::hold);
    handedOff.runs().forEach(run -> deliver(run, handedOff.since()));
  }

  private void hold(TakenRun run) {
    underWay.put(new Hold(run.id(), run.token()), run);
  }

  private void deliver(TakenRun run, long askedSince) {
    if (nanoTime.getAsLong() - askedSince > RunLedger.LOCAL_QUEUEING.toNanos()) {
      gather(run, new Outcome.HandedBack());
    } else {
      deliver(run);
    }
  }

  private void deliver(TakenRun run) {
    if (run.isFirstAttempt()) {
      meters.started(Duration.between(run.scheduledAt(), clock.instant()));
    }
    try {
      courier
          .deliver(run)
          .thenAccept(reply -> concluded(run, reply))
          .exceptionally(failure -> giveBack(run, failure));
    } catch (RuntimeException failure) {
      giveBack(run, failure);
    }
  }

  /** A fault of ours; another replica, or another version, may do better. */
  private Void giveBack(TakenRun run, Throwable failure) {
    LOG.log(Level.ERROR, "delivery failed run=" + run.id(), failure);
    gather(run, new Outcome.Retry(UNSENT_DELAY, Verdict.unsent(run)));
    return null;
  }

  private void concluded(TakenRun run, Reply reply) {
    meters.attempted(result(reply), reply.took());
    gather(run, Verdict.on(reply, run, random));
  }

  private static String result(Reply reply) {
    if (reply instanceof Reply.Answered answered) {
      return answered.status() / 100 + "xx";
    }
    return reply instanceof Reply.NotSent notSent
        ? notSent.reason()
        : ((Reply.Unanswered) reply).error();
  }

  private void gather(TakenRun run, Outcome outcome) {
    outcomes.add(new Finish(run.id(), run.token(), outcome));
    if (gathered.getAndIncrement() == 0) {
      gatheredSince = nanoTime.getAsLong();
      loop.nudge();
    }
  }

  /**
   * Records what has been gathered long enough.
   *
   * @return for how long there is nothing more to record, in ns
   */
  private long recordOutcomes(long now) {
    while (gathered.get() > 0 && finishesUnderWay.get() < MOST_FINISHES_UNDER_WAY) {
      long gather = gathered.get() < MOST_A_FINISH ? gatheredSince + GATHER_NANOS - now : 0;
      long left = Math.max(gather, recordNotBefore - now);
      if (left > 0) {
        return left;
      }
      record(nextOutcomes());
    }
    return POLL_NANOS;
  }

  private List<Finish> nextOutcomes() {
    List<Finish> batch = new ArrayList<>();
    Finish next;
    while (batch.size() < MOST_A_FINISH && (next = outcomes.poll()) != null) {
      batch.add(next);
    }
    gathered.addAndGet(-batch.size());
    gatheredSince = nanoTime.getAsLong();
    return batch;
  }

  private void record(List<Finish> batch) {
    finishesUnderWay.incrementAndGet();
    ledger
        .finish(replica, batch)
        .whenComplete(
            (results, failure) -> {
              finishesUnderWay.decrementAndGet();
              if (failure == null) {
                settle(batch, results);
              } else {
                LOG.log(Level.DEBUG, "finish failed cause={0}", failure.getMessage());
                recordNotBefore = nanoTime.getAsLong() + AFTER_FAILURE_NANOS;
                outcomes.addAll(batch);
                gathered.addAndGet(batch.size());
              }
              loop.nudge();
            });
  }

  private void settle(List<Finish> batch, List<FinishResult> results) {
    for (int i = 0; i < batch.size(); i++) {
      Finish finish = batch.get(i);
      TakenRun run = underWay.remove(new Hold(finish.id(), finish.token()));
      switch (results.get(i)) {
        case STALE -> LOG.log(Level.INFO, "outcome came too late run={0}", finish.id());
        case UNRECORDABLE -> LOG.log(Level.ERROR, "outcome not recorded run={0}", finish.id());
        case RECORDED -> {
          if (run != null && finish.outcome() instanceof Outcome.Ended ended) {
            meters.ended(ended.state(), run.trigger());
          }
        }
      }
    }
  }

  /**
   * Takes no more runs and waits for those under way; what is not done by then is handed back.
   *
   * @param patience how long to wait
   */
  public void drain(Duration patience) {
    makeNoMoreWishes();
    // What the last one brings must not be left to nobody.
    await(() -> !asking && wish == null && handOffs.reserved() == 0, LAST_ANSWER);
    await(underWay::isEmpty, patience);
    if (!underWay.isEmpty()) {
      LOG.log(Level.INFO, "runs handed back count={0}", underWay.size());
      underWay.values().forEach(run -> gather(run, new Outcome.HandedBack()));
      await(underWay::isEmpty, HAND_BACK);
    }
  }

  private synchronized void makeNoMoreWishes() {
    taking = false;
  }

  private void await(BooleanSupplier done, Duration patience) {
    long until = nanoTime.getAsLong() + patience.toNanos();
    while (!done.getAsBoolean() && nanoTime.getAsLong() - until < 0) {
      LockSupport.parkNanos(this, Duration.ofMillis(5).toNanos());
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
