package io.carillon.engine;

import io.carillon.engine.RunLedger.Load;
import io.carillon.job.JobState;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who counts what the engine does. Every method is cheap and may be called from any thread. */
public interface Meters {

  /** A run's first attempt began so long after its scheduled time. */
  void started(Duration lateness);

  /**
   * An attempt ended.
   *
   * @param result {@code 2xx} … {@code 5xx}, or in one word why no answer came
   */
  void attempted(String result, Duration took);

  /** A run ended. */
  void ended(RunState outcome, Trigger trigger);

  /**
   * This replica leads from now on, in this epoch.
   *
   * @param gap for how long nobody had led; empty when nobody ever had
   */
  void elected(long epoch, Optional<Duration> gap);

  /** When this replica began to lead, so many jobs were overdue. */
  void overdueAtTakeover(long jobs);

  /** This replica leads no longer. */
  void resigned();

  /** Something was refused because this replica was no longer the leader. */
  void fenced();

  /** A job is left alone for a while, because timing it failed. */
  void quarantined();

  /** So many jobs and runs there are, over all replicas. */
  void counted(Map<JobState, Long> jobs, Load load);

  /** So many violations of the ledger's rules were found. */
  void violationsFound(int count);

  /** Whether the store is at its memory limit, so that nothing new is taken. */
  void storeFull(boolean full);

  /** How far the store's clock is ahead of this replica's; negative when it is behind. */
  void clockOffset(Duration ahead);
}
