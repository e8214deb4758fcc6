package io.carillon.engine.twin;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the twins share, and what happens to it in more than one place. Guarded by its own monitor.
 */
final class State {

  private final InstantSource clock;
  private final int historyKept;
  private final Duration historyAge;

  final NavigableMap<String, JobEntry> jobs = new TreeMap<>();
  final NavigableMap<String, RunEntry> runs = new TreeMap<>();
  final Map<String, Deque<Past>> history = new HashMap<>();
  final Map<String, LatestTake> latestTakes = new TreeMap<>();

  /** What nothing is handed off under any more: replica/token. */
  final Set<String> closedHandOffs = new TreeSet<>();

  /** In the place of a job: those that wait for a slot of the scheduler. */
  static final String ALL_JOBS = "*";

  /** Jobs whose waiting runs a call had to leave for the next. */
  final Set<String> promotions = new LinkedHashSet<>();

  final List<RunId> failures = new ArrayList<>();
  final Map<String, TwinIdempotencyKeys.Entry> idempotencyKeys = new HashMap<>();
  final List<LifecycleEvent> events = new ArrayList<>();
  final Map<Replica, Instant> lastAlive = new HashMap<>();
  final TwinHints hints = new TwinHints();

  Settings settings = new Settings(false, Optional.empty(), Optional.empty(), Optional.empty());
  Optional<HeldLease> lease = Optional.empty();
  long epoch;

  /** Whether it is at its memory limit. */
  boolean full;

  /** Who got a slot after this, in the order of coming, did so under the present limit. */
  long limitSince;

  /** When somebody was last known to lead. */
  Optional<Instant> led = Optional.empty();

  /** A lease and the instant until which it is held unless renewed. */
  record HeldLease(Leadership leadership, Instant until) {}

  /** What a replica was given the last time it was given something. */
  record LatestTake(String token, List<String> runs) {}

  State(InstantSource clock, int historyKept, Duration historyAge) {
    this.clock = clock;
    this.historyKept = historyKept;
    this.historyAge = historyAge;
  }

  State copy() {
    State copy = new State(clock, historyKept, historyAge);
    copy.become(this);
    return copy;
  }

  /** Takes over all that the other one knows, but not who listens to it. */
  void become(State other) {
    jobs.clear();
    other.jobs.forEach((id, job) -> jobs.put(id, job.copy()));
    runs.clear();
    other.runs.forEach((id, run) -> runs.put(id, run.copy()));
    history.clear();
    other.history.forEach((job, all) -> history.put(job, copyOf(all)));
    latestTakes.clear();
    latestTakes.putAll(other.latestTakes);
    closedHandOffs.clear();
    closedHandOffs.addAll(other.closedHandOffs);
    promotions.clear();
    promotions.addAll(other.promotions);
    idempotencyKeys.clear();
    idempotencyKeys.putAll(other.idempotencyKeys);
    failures.clear();
    failures.addAll(other.failures);
    events.clear();
    events.addAll(other.events);
    lastAlive.clear();
    lastAlive.putAll(other.lastAlive);
    settings = other.settings;
    lease = other.lease;
    epoch = other.epoch;
    full = other.full;
    limitSince = other.limitSince;
    led = other.led;
  }

  private static Deque<Past> copyOf(Deque<Past> all) {
    Deque<Past> copy = new ArrayDeque<>(all.size());
    all.forEach(past -> copy.addLast(new Past(past.run(), past.entry().copy())));
    return copy;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** What makes something new begins with this. */
  void requireRoom() {
    if (full) {
      throw isFull();
    }
  }

  static StoreUnavailable isFull() {
    return StoreUnavailable.full("full", new IllegalStateException("at its memory limit"));
  }

  List<RunEntry> activeRuns(String jobId) {
    return runs.values().stream().filter(run -> run.id.jobId().equals(jobId)).toList();
  }

  void tell(Told told) {
    events.add(told.as(EventPosition.next(events, now()), now()));
    notifyAll();
  }

  /** Adds to the history of a job, which forgets its oldest. */
  void record(Past past) {
    forgetOld(past.run().id().jobId());
    Deque<Past> all = history.computeIfAbsent(past.run().id().jobId(), any -> new ArrayDeque<>());
    all.addLast(past);
    if (all.size() > historyKept) {
      all.removeFirst();
    }
    historyChanged(past.run().id().jobId());
  }

  /** The latest run that ran is shown with the job. */
  void historyChanged(String jobId) {
    jobs.get(jobId).lastRun =
        history.getOrDefault(jobId, new ArrayDeque<>()).stream()
            .filter(past -> !past.isSkip())
            .map(Past::run)
            .reduce((older, newer) -> newer);
  }

  private void forgetOld(String jobId) {
    Instant oldest = now().minus(historyAge);
    history
        .getOrDefault(jobId, new ArrayDeque<>())
        .removeIf(past -> past.run().finishedAt().orElseThrow().isBefore(oldest));
  }

  /** Takes the latest of a job's history away if it is a skip for this reason: how many it was. */
  int takeLatestSkip(String jobId, Optional<String> reason) {
    forgetOld(jobId);
    Deque<Past> all = history.getOrDefault(jobId, new ArrayDeque<>());
    boolean folds =
        !all.isEmpty() && all.getLast().isSkip() && all.getLast().run().reason().equals(reason);
    return folds ? all.removeLast().run().missed() : 0;
  }

  Optional<RunEntry> find(RunId id) {
    return Optional.ofNullable(runs.get(id.toString()));
  }

  /** The runs of a job that have ended, oldest first. */
  List<Past> past(String jobId) {
    forgetOld(jobId);
    return List.copyOf(history.getOrDefault(jobId, new ArrayDeque<>()));
  }

  /** The replicas that have been silent for too long, longest first, but not the one that asks. */
  List<String> silentReplicas(String asking) {
    return lastAlive.entrySet().stream()
        .filter(replica -> !replica.getValue().isAfter(now().minus(TwinSchedulerStore.SILENCE)))
        .sorted(
            Map.Entry.<Replica, Instant>comparingByValue()
                .thenComparing(replica -> replica.getKey().id()))
        .map(replica -> replica.getKey().id())
        .filter(id -> !id.equals(asking))
        .toList();
  }

  void forgetReplica(String id) {
    lastAlive.keySet().removeIf(replica -> replica.id().equals(id));
  }
}
