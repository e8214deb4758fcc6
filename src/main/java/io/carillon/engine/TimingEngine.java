package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Next;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * The leader's clockwork: waits for the first instant of the {@link Horizon}, decides what follows
 * for each job that is due, and claims in batches, several under way at a time. One thread decides;
 * answers and news come to it as messages. What it knows besides the store is only a cache: an
 * answer that shows it to be wrong makes it forget, and the next look puts it right.
 */
public final class TimingEngine implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TimingEngine.class.getName());

  private static final int MOST_A_CLAIM = 500;

  /** Few, so that what becomes due while the ledger is busy goes to it together. */
  private static final int MOST_CLAIMS_UNDER_WAY = 2;

  private static final Duration AFTER_FAILURE = Duration.ofMillis(200);

  /** Between two attempts to claim while the store is full. */
  private static final Duration WHILE_FULL = Duration.ofSeconds(1);

  private static final Duration QUARANTINE = Duration.ofMinutes(1);
  private static final Duration IDLE = Duration.ofMillis(500);

  /** A clock that is steered goes slower rather than back; what goes back by more was set. */
  private static final Duration STEERED = Duration.ofMillis(50);

  private final Election election;
  private final RunLedger ledger;
  private final Deliveries deliveries;
  private final Jobs jobs;
  private final JobStore store;
  final Lookout lookout;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Meters meters;
  final Loop loop = new Loop("timing", this::step);

  private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
  private final Horizon horizon = new Horizon();
  private final CatchUpPace catchUp = new CatchUpPace();
  private final FairShare share = new FairShare();
  private int claimsUnderWay;
  private Instant claimNotBefore = Instant.MIN;
  private long epoch;
  private Instant latest = Instant.MIN;

  public TimingEngine(
      Election election,
      JobStore store,
      SchedulerStore scheduler,
      RunLedger ledger,
      Deliveries deliveries,
      Jobs jobs,
      InstantSource clock,
      RandomGenerator random,
      Meters meters) {
    this.election = election;
    this.ledger = ledger;
    this.deliveries = deliveries;
    this.jobs = jobs;
    this.store = store;
    this.lookout = new Lookout(store, scheduler, clock, this::leads, horizon, this::receive);
    this.clock = clock;
    this.random = random;
    this.meters = meters;
    election.onChange(this::leadershipChanged);
  }

  public void start() {
    loop.start();
    lookout.start();
  }

  /** A job was written that is due at this instant. */
  public void jobWritten(String jobId, Instant due) {
    if (leads() && due.isBefore(lookout.end())) {
      lookout.look(jobId);
    }
  }

  /** A job was deleted, or has nothing to come. */
  public void jobNotDue(String jobId) {
    tell(() -> horizon.forget(jobId));
  }

  /** The scheduler's settings were changed. */
  public void settingsChanged() {
    lookout.lookAround();
  }

  private boolean leads() {
    return election.leadership().isPresent();
  }

  private void leadershipChanged() {
    if (leads()) {
      lookout.run(() -> meters.overdueAtTakeover(store.overdue(clock.instant())));
    }
    lookout.lookAround();
    loop.nudge();
  }

  private void tell(Runnable news) {
    inbox.add(news);
    loop.nudge();
  }

  private void receive(Lookout.Sighting sighting) {
    tell(() -> sighting.entries().forEach(entry -> horizon.learn(entry, sighting.asOf())));
  }

  private Duration step() {
    // A new term begins before its news are read: the first look may be among them.
    election.leadership().map(Leadership::epoch).ifPresent(this::leadIn);
    for (Runnable news = inbox.poll(); news != null; news = inbox.poll()) {
      news.run();
    }
    mindClock();
    if (!leads()) {
      horizon.clear();
      return IDLE;
    }
    return fire();
  }

  private void leadIn(long present) {
    if (present != epoch) {
      epoch = present;
      horizon.clear();
    }
  }

  /** What was put off by a clock that has been set back since would wait for as long again. */
  private void mindClock() {
    Instant now = clock.instant();
    if (now.plus(STEERED).isBefore(latest)) {
      LOG.log(Level.WARNING, "clock set back by={0}", Duration.between(now, latest));
      horizon.clear();
      claimNotBefore = Instant.MIN;
      lookout.lookAround();
    }
    latest = now;
  }

  private Duration fire() {
    Settings settings = lookout.settings();
    if (settings.paused()) {
      return IDLE;
    }
    while (claimsUnderWay < MOST_CLAIMS_UNDER_WAY) {
      Instant now = clock.instant();
      if (now.isBefore(claimNotBefore)) {
        return untilThenOrIdle(now, claimNotBefore);
      }
      List<Entry> due = horizon.takeDue(now, MOST_A_CLAIM);
      if (due.isEmpty()) {
        return horizon.next().map(next -> untilThenOrIdle(now, next)).orElse(IDLE);
      }
      claim(decide(due, now, settings));
    }
    return IDLE;
  }

  /** Never for long: set back meanwhile, the clock would seem to have gone on all the same. */
  private static Duration untilThenOrIdle(Instant now, Instant next) {
    Duration wait = Duration.between(now, next);
    return wait.compareTo(IDLE) < 0 ? wait : IDLE;
  }

  private List<Decided> decide(List<Entry> due, Instant now, Settings settings) {
    List<Decided> decided = new ArrayList<>(due.size());
    for (Entry entry : due) {
      Job job = entry.job();
      if (job.state() == JobState.PAUSED || job.nextRunAt().isEmpty()) {
        horizon.release(job.id());
        lookout.run(() -> jobs.wake(job));
      } else {
        try {
          Claim claim = Decision.of(entry, now, settings, random);
          if (claim.kind() == Claim.Kind.FIRE || catchUp.allows(now)) {
            decided.add(new Decided(entry, claim));
          } else {
            horizon.release(job.id());
            horizon.put(entry.postponedTo(catchUp.nextPeriod()));
          }
        } catch (RuntimeException failure) {
          quarantine(entry, failure);
        }
      }
    }
    return decided;
  }

  private void claim(List<Decided> batch) {
    if (batch.isEmpty()) {
      return;
    }
    claimsUnderWay++;
    long claimedIn = epoch;
    int runs = (int) batch.stream().filter(Decided::runs).count();
    HandOffs.Offer offer = deliveries.offer(share.of(runs, lookout.replicas()));
    ledger
        .claim(epoch, batch.stream().map(Decided::claim).toList(), offer.to())
        .whenComplete(
            (results, failure) -> {
              tell(
                  () -> {
                    claimsUnderWay--;
                    answered(claimedIn, batch, results, failure);
                  });
              // On this thread: what is delivered delays nothing that is due.
              handOff(offer, batch, results, failure);
            });
  }

  private void handOff(
      HandOffs.Offer offer, List<Decided> batch, List<ClaimResult> results, Throwable failure) {
    if (isFull(failure)) {
      deliveries.handedOff(offer, List.of());
      return;
    } else if (failure != null) {
      deliveries.unanswered(offer);
      return;
    }
    List<TakenRun> runs = new ArrayList<>(offer.to().room());
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof ClaimResult.HandedOff run) {
        runs.add(batch.get(i).handedOff(run, offer.to().token()));
      }
    }
    deliveries.handedOff(offer, runs);
  }

  private void answered(
      long claimedIn, List<Decided> batch, List<ClaimResult> results, Throwable failure) {
    if (claimedIn != epoch) {
      LOG.log(Level.DEBUG, "claims of an earlier term answered epoch={0}", claimedIn);
      return;
    }
    batch.forEach(decided -> horizon.release(decided.claim().jobId()));
    if (failure == null) {
      settle(batch, results);
    } else {
      afterFailure(batch, failure);
    }
  }

  private void settle(List<Decided> batch, List<ClaimResult> results) {
    for (int i = 0; i < batch.size(); i++) {
      settle(batch.get(i), results.get(i));
    }
  }

  private void settle(Decided decided, ClaimResult result) {
    Entry entry = decided.entry();
    if (result instanceof ClaimResult.Accepted || result instanceof ClaimResult.Refused) {
      decided
          .claim()
          .upcoming()
          .next()
          .ifPresent(next -> advance(entry.job(), decided.claim(), next));
    } else if (result instanceof ClaimResult.Early early) {
      horizon.put(entry.postponedTo(clock.instant().plus(early.by())));
    } else if (result instanceof ClaimResult.SchedulerPaused) {
      horizon.put(entry.postponedTo(clock.instant().plus(AFTER_FAILURE)));
      lookout.lookAround();
    } else if (result instanceof ClaimResult.Fenced) {
      election.fenced(epoch);
    }
    // Stale: somebody changed the job, or this claim had been made before. The next look tells.
  }

  private void advance(Job job, Claim claim, Next next) {
    if (next.dueAt().isBefore(lookout.end())) {
      int caughtUp = claim.kind() == Claim.Kind.CATCH_UP ? job.caughtUp() + 1 : 0;
      horizon.put(
          new Entry(job.advanced(claim.occurrence(), next.scheduledAt(), caughtUp), next.dueAt()));
    }
  }

  /** The outcome is unknown: a repeated claim tells. One that cannot be made is singled out. */
  private void afterFailure(List<Decided> batch, Throwable failure) {
    if (failure instanceof StoreUnavailable unavailable && unavailable.refused()) {
      if (batch.size() == 1) {
        quarantine(batch.get(0).entry(), failure);
      } else {
        claim(batch.subList(0, batch.size() / 2));
        claim(batch.subList(batch.size() / 2, batch.size()));
      }
      return;
    }
    LOG.log(Level.DEBUG, "claim failed cause={0}", failure.getMessage());
    Instant again = clock.instant().plus(isFull(failure) ? WHILE_FULL : AFTER_FAILURE);
    if (isFull(failure)) {
      // Any other claim would be refused too. What is late then follows its misfire policy.
      claimNotBefore = again;
    }
    batch.forEach(decided -> horizon.put(decided.entry().postponedTo(again)));
  }

  private static boolean isFull(Throwable failure) {
    return failure instanceof StoreUnavailable unavailable && unavailable.full();
  }

  private void quarantine(Entry entry, Throwable failure) {
    horizon.release(entry.job().id());
    LOG.log(Level.ERROR, "job quarantined job=" + entry.job().id(), failure);
    meters.quarantined();
    horizon.put(entry.postponedTo(clock.instant().plus(QUARANTINE)));
  }

  @Override
  public void close() {
    loop.close();
    lookout.close();
  }
}
