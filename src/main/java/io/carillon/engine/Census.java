package io.carillon.engine;

import java.time.Duration;

/** Counts every few seconds what there is, for whoever watches. */
public final class Census implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(2);

  private final SchedulerStore store;
  private final RunLedger ledger;
  private final Meters meters;
  private final Loop loop = new Loop("census", this::count);

  public Census(SchedulerStore store, RunLedger ledger, Meters meters) {
    this.store = store;
    this.ledger = ledger;
    this.meters = meters;
  }

  public void start() {
    loop.start();
  }

  private Duration count() {
    meters.counted(store.jobCounts(), ledger.load());
    meters.clockOffset(store.clockOffset());
    return EVERY;
  }

  @Override
  public void close() {
    loop.close();
  }
}
