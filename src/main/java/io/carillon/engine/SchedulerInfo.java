package io.carillon.engine;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.RunLedger.Load;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.job.JobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scheduler as a whole, as it can be seen from any replica. */
public final class SchedulerInfo {

  private final Replica self;
  private final SchedulerStore store;
  private final Lease lease;
  private final RunLedger ledger;

  public SchedulerInfo(Replica self, SchedulerStore store, Lease lease, RunLedger ledger) {
    this.self = self;
    this.store = store;
    this.lease = lease;
    this.ledger = ledger;
  }

  /**
   * One look at the scheduler.
   *
   * @param self the replica that looks
   * @param warnings what is wrong with the store
   */
  public record View(
      Replica self,
      Optional<Leadership> leader,
      List<Replica> replicas,
      Settings settings,
      Load load,
      Map<JobState, Long> jobs,
      List<String> warnings) {}

  public View look() {
    return new View(
        self,
        lease.holder(),
        store.replicas(),
        store.settings(),
        ledger.load(),
        store.jobCounts(),
        store.warnings());
  }
}
