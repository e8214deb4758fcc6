package io.carillon.engine.twin;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the twins share, and what happens to it in more than one place. Guarded by its own monitor.
 */
final class State {

  private final InstantSource clock;
  private final int historyKept;

  final NavigableMap<String, JobEntry> jobs = new TreeMap<>();
  final NavigableMap<String, RunEntry> runs = new TreeMap<>();
  final Map<String, Deque<Run>> history = new HashMap<>();
  final Map<String, LatestTake> latestTakes = new TreeMap<>();
  final List<LifecycleEvent> events = new ArrayList<>();
  final Map<Replica, Instant> lastAlive = new HashMap<>();
  final TwinHints hints = new TwinHints();

  Settings settings = new Settings(false, Optional.empty(), Optional.empty(), Optional.empty());
  Optional<HeldLease> lease = Optional.empty();
  long epoch;

  /** A lease and the instant until which it is held unless renewed. */
  record HeldLease(Leadership leadership, Instant until) {}

  /** What a replica was given the last time it was given something. */
  record LatestTake(String token, List<String> runs) {}

  State(InstantSource clock, int historyKept) {
    this.clock = clock;
    this.historyKept = historyKept;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  List<RunEntry> activeRuns(String jobId) {
    return runs.values().stream().filter(run -> run.id.jobId().equals(jobId)).toList();
  }

  void tell(Told told) {
    events.add(told.as(EventPosition.next(events, now()), now()));
    notifyAll();
  }

  /** Nothing is left to run. */
  void complete(JobEntry job) {
    job.state = JobState.COMPLETED;
    job.revision++;
    job.updatedAt = now();
    job.advanceTo(Optional.empty(), Optional.empty());
    tell(Told.of("job.completed", job).with("revision", job.revision));
  }

  /** Ends a run that nobody has any more. */
  void end(RunEntry run, Run ended) {
    runs.remove(run.id.toString());
    Deque<Run> past = history.computeIfAbsent(run.id.jobId(), any -> new ArrayDeque<>());
    past.addLast(ended);
    if (past.size() > historyKept) {
      past.removeFirst();
    }
    JobEntry job = jobs.get(run.id.jobId());
    job.count(ended);
    tell(Told.of("run." + ended.state().word(), job).about(run.lastAttemptOnly(ended)));
    rest(job);
  }

  /** A job that rests between its runs is due again some time after the last one has ended. */
  void rest(JobEntry job) {
    boolean resting =
        job.state == JobState.ACTIVE && job.due.isEmpty() && activeRuns(job.id).isEmpty();
    if (!resting || job.definition.rest().isEmpty()) {
      return;
    }
    Duration least = job.definition.rest().get().least();
    Duration longest = job.definition.rest().get().longest();
    Instant next = now().plus(least).plus(draw(longest.minus(least)));
    if (job.definition.endAt().filter(end -> !next.isBefore(end)).isPresent()) {
      complete(job);
      return;
    }
    job.advanceTo(Optional.of(next), Optional.of(next.plus(draw(job.definition.jitter()))));
    hints.tell(listener -> listener.jobWritten(job.id, job.due.orElseThrow()));
  }

  /** What the store draws by chance is always half of what it may be, in whole ms. */
  private static Duration draw(Duration below) {
    return Duration.ofMillis(below.toMillis() / 2);
  }

  Optional<RunEntry> find(RunId id) {
    return Optional.ofNullable(runs.get(id.toString()));
  }

  /** The runs of a job that have ended, oldest first. */
  List<Run> past(String jobId) {
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

  void forgetReplicasWithoutRuns(Collection<String> replicas) {
    Set<String> withRuns =
        runs.values().stream()
            .flatMap(run -> run.delivery.stream())
            .map(Delivery::replica)
            .collect(Collectors.toSet());
    lastAlive
        .keySet()
        .removeIf(replica -> replicas.contains(replica.id()) && !withRuns.contains(replica.id()));
  }
}
