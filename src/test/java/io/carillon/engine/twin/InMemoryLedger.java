package io.carillon.engine.twin;

import io.carillon.engine.EventLog;
import io.carillon.engine.Hints;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore;
import io.carillon.engine.Lease;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The engine's ports on plain maps: a sequential model of what the ledger means, written without a
 * look at how Redis does it, so that each can be checked against the other. All ports share one
 * state, and every call on any of them is one step of it. Answers come at once, on the caller's
 * thread.
 */
public final class InMemoryLedger implements Ports {

  private static final Duration TEN_YEARS = Duration.ofDays(3_650);

  private final SettableClock clock;
  private final State state;
  private final TwinJobStore jobs;
  private final TwinRunLedger runs;
  private final TwinLease lease;
  private final TwinEventLog events;
  private final TwinSchedulerStore scheduler;
  private final TwinIdempotencyKeys idempotencyKeys;

  public InMemoryLedger(SettableClock clock) {
    this(clock, 50);
  }

  /**
   * @param clock the store's own
   * @param historyKept how many ended runs of a job are kept
   */
  public InMemoryLedger(SettableClock clock, int historyKept) {
    this(clock, historyKept, TEN_YEARS, Set.of());
  }

  /**
   * @param missing what this ledger does not look at, though it should
   */
  public InMemoryLedger(SettableClock clock, int historyKept, Set<Safeguard> missing) {
    this(clock, historyKept, TEN_YEARS, missing);
  }

  /**
   * @param historyAge how long an ended run is kept
   */
  public InMemoryLedger(SettableClock clock, int historyKept, Duration historyAge) {
    this(clock, historyKept, historyAge, Set.of());
  }

  private InMemoryLedger(
      SettableClock clock, int historyKept, Duration historyAge, Set<Safeguard> missing) {
    this.clock = clock;
    this.state = new State(clock, historyKept, historyAge);
    Endings endings = new Endings(state);
    Slots slots = new Slots(state, endings);
    this.idempotencyKeys = new TwinIdempotencyKeys(state, missing);
    this.jobs = new TwinJobStore(state, endings, slots, idempotencyKeys);
    this.runs = new TwinRunLedger(state, endings, slots, idempotencyKeys, missing);
    this.lease = new TwinLease(state);
    this.events = new TwinEventLog(state);
    this.scheduler = new TwinSchedulerStore(state, slots);
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public RunLedger runs() {
    return runs;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public EventLog events() {
    return events;
  }

  @Override
  public SchedulerStore scheduler() {
    return scheduler;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  /** Whispers on the thread of whoever makes the change. */
  public Hints hints() {
    return state.hints;
  }

  @Override
  public SettableClock clock() {
    return clock;
  }

  @Override
  public void pass(Duration duration) {
    clock.advance(duration);
    lease.forgetLapsed();
  }

  @Override
  public void fillUp() {
    fill(true);
  }

  @Override
  public void makeRoom() {
    fill(false);
  }

  private void fill(boolean full) {
    synchronized (state) {
      state.full = full;
    }
  }

  /** The runs that have not ended, in the order of their names. */
  public List<ActiveRun> active() {
    synchronized (state) {
      return state.runs.values().stream().map(ActiveRun::of).toList();
    }
  }

  /** Remembers everything as it is now; whoever runs the answer puts it back to that. */
  public Runnable wayBack() {
    synchronized (state) {
      State then = state.copy();
      return () -> {
        synchronized (state) {
          state.become(then);
        }
      };
    }
  }

  /** To be done to it behind its back. */
  public Damage damage() {
    return new TwinDamage(state);
  }

  /** Everything that is known, except the events. */
  public Snapshot snapshot() {
    synchronized (state) {
      return TwinSnapshot.of(state);
    }
  }
}
