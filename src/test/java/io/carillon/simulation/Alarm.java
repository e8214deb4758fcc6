package io.carillon.simulation;

import io.carillon.engine.Meters;
import io.carillon.engine.RunLedger.Load;
import io.carillon.job.JobState;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Counts nothing; that a job cannot be timed is the only news. */
final class Alarm implements Meters {

  private final Runnable onQuarantine;

  Alarm(Runnable onQuarantine) {
    this.onQuarantine = onQuarantine;
  }

  @Override
  public void quarantined() {
    onQuarantine.run();
  }

  @Override
  public void started(Duration lateness) {}

  @Override
  public void attempted(String result, Duration took) {}

  @Override
  public void ended(RunState outcome, Trigger trigger) {}

  @Override
  public void elected(long epoch, Optional<Duration> gap) {}

  @Override
  public void overdueAtTakeover(long jobs) {}

  @Override
  public void resigned() {}

  @Override
  public void fenced() {}

  @Override
  public void counted(Map<JobState, Long> jobs, Load load) {}

  @Override
  public void violationsFound(int count) {}

  @Override
  public void storeFull(boolean full) {}

  @Override
  public void clockOffset(Duration ahead) {}
}
