package io.carillon.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts every few seconds what there is, for whoever watches. */
public final class Census implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Census.class.getName());
  private static final Duration EVERY = Duration.ofSeconds(2);

  /** Rounds without a warning after which it is gone. One that comes and goes is told once. */
  private static final int ROUNDS_UNTIL_GONE = 15;

  private final SchedulerStore store;
  private final RunLedger ledger;
  private final Election election;
  private final Meters meters;

  /** Warnings that were told, with the number of rounds since each was last seen. */
  private final Map<String, Integer> told = new HashMap<>();

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
    meters.storeFull(store.isFull());
    warn(store.warnings());
    return EVERY;
  }

  private void warn(List<String> warnings) {
    told.replaceAll((warning, rounds) -> rounds + 1);
    for (String warning : warnings) {
      if (told.put(warning, 0) == null) {
        LOG.log(Level.WARNING, warning);
      }
    }
    List<String> gone =
        told.keySet().stream().filter(warning -> told.get(warning) > ROUNDS_UNTIL_GONE).toList();
    for (String warning : gone) {
      told.remove(warning);
      LOG.log(Level.INFO, "warning no longer holds warning={0}", warning);
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
