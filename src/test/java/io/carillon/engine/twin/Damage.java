package io.carillon.engine.twin;

import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Instant;
import java.util.Optional;

/** What no port can do to a ledger: faults planted for the auditor to find. */
public interface Damage {

  /** A run's state is another, and nothing else of it. */
  void setState(RunId run, RunState state);

  /** A run may be taken from an instant on, or not at all. */
  void offer(RunId run, Optional<Instant> from);

  /** A replica has a run, or none does. */
  void give(RunId run, Optional<String> replica);

  /** A run's report is waited for until an instant, or not at all. */
  void await(RunId run, Optional<Instant> until);

  /** A run has both its slots. */
  void placeInSlot(RunId run);

  /** A run has a slot of its job and waits for one of the scheduler; its job knows that. */
  void placeAtScheduler(RunId run);

  /** A run waits at its job. */
  void placeAtJob(RunId run);

  /** A job is due at an instant, or never. */
  void setDue(String job, Optional<Instant> due);

  /** A job's limit is another, and nobody has changed the job. */
  void setLimit(String job, int limit);

  /** The scheduler's limit is another, and nobody has changed it. */
  void limitScheduler(int limit);

  /** A job is no more, but its runs are. */
  void forgetJob(String job);
}
