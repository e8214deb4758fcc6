package io.carillon.engine.twin;

import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Instant;
import java.util.Optional;

/** Faults planted into the state of the twins. */
final class TwinDamage implements Damage {

  private final State state;

  TwinDamage(State state) {
    this.state = state;
  }

  private RunEntry run(RunId id) {
    return state.find(id).orElseThrow();
  }

  @Override
  public void setState(RunId run, RunState to) {
    run(run).state = to;
  }

  @Override
  public void offer(RunId run, Optional<Instant> from) {
    run(run).notBefore = from;
  }

  @Override
  public void give(RunId run, Optional<String> replica) {
    run(run).delivery = replica.map(name -> new Delivery(name, "token", state.now()));
  }

  @Override
  public void await(RunId run, Optional<Instant> until) {
    run(run).reportBy = until;
  }

  @Override
  public void placeInSlot(RunId run) {
    run(run).place = Place.SLOT;
  }

  @Override
  public void placeAtScheduler(RunId run) {
    run(run).place = Place.SCHEDULER;
  }

  @Override
  public void placeAtJob(RunId run) {
    run(run).place = Place.JOB;
  }

  @Override
  public void setDue(String job, Optional<Instant> due) {
    state.jobs.get(job).due = due;
  }

  @Override
  public void setLimit(String job, int limit) {
    JobEntry entry = state.jobs.get(job);
    entry.definition =
        DefinitionBuilder.limited(
            entry.definition, Optional.of(new ConcurrencyPolicy(limit, OnLimit.QUEUE, 10)));
  }

  @Override
  public void limitScheduler(int limit) {
    Settings was = state.settings;
    state.settings =
        new Settings(
            was.paused(),
            was.pausedAt(),
            was.resumedAt(),
            Optional.of(new ConcurrencyPolicy(limit, OnLimit.QUEUE, 10)));
  }

  @Override
  public void forgetJob(String job) {
    state.jobs.remove(job);
  }
}
