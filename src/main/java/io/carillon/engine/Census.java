package io.carillon.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/** Counts every few seconds what there is, for whoever watches. */
public final class Census implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Census.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final SchedulerStore store;
  private final RunLedger ledger;
  private final Election election;
  private final Meters meters;
  private List<String> warned = List.of();
  final Loop loop = new Loop("census", this::count);

  public Census(SchedulerStore store, RunLedger ledger, Election election, Meters meters) {
    this.store = store;
    this.ledger = ledger;
    this.election = election;
    this.meters = meters;
  }

  public void start() {
    loop.start();
  }

  private Duration count() {
    meters.counted(store.jobCounts(), ledger.load());
    Duration offset = store.clockOffset();
    meters.clockOffset(offset);
    election.clockOffset(offset);
    List<String> warnings = store.warnings();
    if (!warnings.equals(warned)) {
      warned = warnings;
      warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
    }
    return EVERY;
  }

  @Override
  public void close() {
    loop.close();
  }
}
