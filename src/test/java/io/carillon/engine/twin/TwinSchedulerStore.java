package io.carillon.engine.twin;

import io.carillon.engine.Hints;
import io.carillon.engine.SchedulerStore;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The scheduler's settings and its replicas. */
final class TwinSchedulerStore implements SchedulerStore {

  static final Duration SILENCE = Duration.ofSeconds(5);

  private final State state;
  private final Slots slots;

  TwinSchedulerStore(State state, Slots slots) {
    this.state = state;
    this.slots = slots;
  }

  @Override
  public Settings settings() {
    synchronized (state) {
      return state.settings;
    }
  }

  @Override
  public Settings change(Change change) {
    synchronized (state) {
      change.paused().ifPresent(this::pause);
      change.concurrency().ifPresent(this::limit);
      slots.promote(List.of());
      state.hints.tell(Hints.Listener::settingsChanged);
      return state.settings;
    }
  }

  private void pause(boolean pause) {
    Settings was = state.settings;
    if (pause == was.paused()) {
      return;
    }
    Optional<Instant> now = Optional.of(state.now());
    state.settings =
        pause
            ? new Settings(true, now, Optional.empty(), was.concurrency())
            : new Settings(false, was.pausedAt(), now, was.concurrency());
    state.tell(Told.of(pause ? "scheduler.paused" : "scheduler.resumed"));
  }

  private void limit(Optional<ConcurrencyPolicy> limit) {
    Settings was = state.settings;
    if (limit.equals(was.concurrency())) {
      return;
    }
    state.settings = new Settings(was.paused(), was.pausedAt(), was.resumedAt(), limit);
    slots.limitChanged();
    state.tell(
        Told.of("scheduler.limited")
            .with("limit", limit.map(ConcurrencyPolicy::limit).orElse(0).longValue()));
  }

  @Override
  public void alive(Replica replica) {
    synchronized (state) {
      state.lastAlive.put(replica, state.now());
    }
  }

  @Override
  public void gone(Replica replica) {
    synchronized (state) {
      state.lastAlive.remove(replica);
    }
  }

  @Override
  public List<Replica> replicas() {
    synchronized (state) {
      Instant since = state.now().minus(SILENCE);
      return state.lastAlive.entrySet().stream()
          .filter(replica -> replica.getValue().isAfter(since))
          .map(Map.Entry::getKey)
          .sorted(Comparator.comparing(Replica::id))
          .toList();
    }
  }

  @Override
  public Map<JobState, Long> jobCounts() {
    synchronized (state) {
      Map<JobState, Long> counts = new EnumMap<>(JobState.class);
      for (JobState each : JobState.values()) {
        counts.put(each, state.jobs.values().stream().filter(job -> job.state == each).count());
      }
      return counts;
    }
  }

  @Override
  public boolean isFull() {
    synchronized (state) {
      return state.full;
    }
  }

  /** It loses nothing as long as it lives. */
  @Override
  public List<String> warnings() {
    return List.of();
  }

  /** The store's clock and the caller's are the same. */
  @Override
  public Duration clockOffset() {
    return Duration.ZERO;
  }
}
