package io.carillon.engine;

import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.TakenRun;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The leader's own share of what it claims: runs that a claim hands to it instead of making them
 * ready for all. Room for them is reserved before the claim. Where a claim has no answer, the
 * ledger is asked until it says what is owned under the claim's token, and until then nothing more
 * is handed off, so that an outage leaves one or two questions and not many.
 */
final class HandOffs {

  private static final System.Logger LOG = System.getLogger(HandOffs.class.getName());
  private static final long AFTER_FAILURE_NANOS = Duration.ofMillis(200).toNanos();

  /** After a claim, room is left for the next ones for so long. */
  private static final long IN_USE_NANOS = Duration.ofSeconds(1).toNanos();

  private final RunLedger ledger;
  private final String replica;
  private final Supplier<String> tokens;
  private final LongSupplier nanoTime;
  private final Consumer<Received> deliver;
  private final Runnable news;

  private final Queue<Offer> unanswered = new ConcurrentLinkedQueue<>();
  private int reserved;
  private volatile long inUseUntil;
  private volatile boolean asking;
  private volatile long askAt;

  /** What a claim may hand off, and when it was made. */
  record Offer(HandOff to, long since) {}

  /** What was handed off, to be delivered. */
  record Received(List<TakenRun> runs, long since) {}

  /**
   * @param tokens gives another one each time
   * @param deliver takes over what was received; then it is under way
   * @param news called when there is something to ask or room again
   */
  HandOffs(
      RunLedger ledger,
      String replica,
      Supplier<String> tokens,
      LongSupplier nanoTime,
      Consumer<Received> deliver,
      Runnable news) {
    this.ledger = ledger;
    this.replica = replica;
    this.tokens = tokens;
    this.nanoTime = nanoTime;
    this.deliver = deliver;
    this.news = news;
    this.askAt = nanoTime.getAsLong();
    this.inUseUntil = askAt;
  }

  /**
   * Makes an offer for a claim that is about to be made, and reserves its room.
   *
   * @param share how many runs the leader is to deliver
   * @param room for how many it has room
   */
  synchronized Offer reserve(int share, int room) {
    long now = nanoTime.getAsLong();
    if (share > 0) {
      inUseUntil = now + IN_USE_NANOS;
    }
    int most = Math.min(share, room);
    if (most <= 0 || !unanswered.isEmpty()) {
      return new Offer(HandOff.NONE, now);
    }
    reserved += most;
    return new Offer(new HandOff(replica, tokens.get(), most), now);
  }

  /** Whether a claim was about to be made lately of which something could be handed off. */
  boolean inUse() {
    return inUseUntil - nanoTime.getAsLong() > 0;
  }

  /** For how many runs room is reserved; 0 when no claim can bring anything. */
  synchronized int reserved() {
    return reserved;
  }

  /** The claim was answered. */
  void answered(Offer offer, List<TakenRun> runs) {
    deliver.accept(new Received(runs, offer.since));
    release(offer);
  }

  /** The claim was not answered, or failed: what it did is not known. */
  void unanswered(Offer offer) {
    if (offer.to.room() > 0) {
      unanswered.add(offer);
      news.run();
    }
  }

  private synchronized void release(Offer offer) {
    reserved -= offer.to.room();
  }

  /**
   * Asks what is owned where that is not known.
   *
   * @param idle how long to wait when there is nothing to ask
   * @return for how long there is nothing to ask, in ns
   */
  long askOwned(long now, long idle) {
    Offer offer = unanswered.peek();
    if (offer == null || asking) {
      return idle;
    }
    if (askAt - now > 0) {
      return askAt - now;
    }
    asking = true;
    ledger
        .owned(replica, offer.to.token())
        .handle((runs, failure) -> failure == null ? known(offer, runs) : askAgain(failure))
        .exceptionally(this::unexpected)
        .thenRun(
            () -> {
              asking = false;
              news.run();
            });
    return idle;
  }

  private Void known(Offer offer, List<TakenRun> runs) {
    unanswered.remove(offer);
    answered(offer, runs);
    return null;
  }

  private Void askAgain(Throwable failure) {
    LOG.log(Level.DEBUG, "what is owned not answered cause={0}", failure.getMessage());
    askAt = nanoTime.getAsLong() + AFTER_FAILURE_NANOS;
    return null;
  }

  private Void unexpected(Throwable failure) {
    LOG.log(Level.ERROR, "answer not understood replica=" + replica, failure);
    return null;
  }
}
