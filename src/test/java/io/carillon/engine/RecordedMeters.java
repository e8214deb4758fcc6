package io.carillon.engine;

import io.carillon.engine.RunLedger.Load;
import io.carillon.job.JobState;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told to count, such as {@code elected 42}. */
final class RecordedMeters implements Meters {

  private final List<String> told = new CopyOnWriteArrayList<>();

  List<String> told() {
    return told;
  }

  @Override
  public void started(Duration lateness) {
    told.add("started " + lateness);
  }

  @Override
  public void attempted(String result, Duration took) {
    told.add("attempted " + result);
  }

  @Override
  public void ended(RunState outcome, Trigger trigger) {
    told.add("ended " + outcome.word() + ' ' + trigger.word());
  }

  @Override
  public void elected(long epoch, Optional<Duration> gap) {
    told.add("elected " + epoch);
  }

  @Override
  public void overdueAtTakeover(long jobs) {
    told.add("overdue " + jobs);
  }

  @Override
  public void resigned() {
    told.add("resigned");
  }

  @Override
  public void fenced() {
    told.add("fenced");
  }

  @Override
  public void quarantined() {
    told.add("quarantined");
  }

  @Override
  public void counted(Map<JobState, Long> jobs, Load load) {
    told.add("counted " + jobs + load);
  }

  @Override
  public void violationsFound(int count) {
    told.add("violations " + count);
  }

  @Override
  public void storeFull(boolean full) {
    told.add("full " + full);
  }

  @Override
  public void clockOffset(Duration ahead) {
    told.add("offset " + ahead);
  }
}
