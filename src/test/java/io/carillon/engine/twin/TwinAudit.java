package io.carillon.engine.twin;

import static java.util.Comparator.comparing;

import io.carillon.engine.Audit.Violation;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.JobState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What must not be in the state, looked for in every run and every job. */
final class TwinAudit {

  private static final Map<String, Predicate<RunEntry>> INDEXES = new LinkedHashMap<>();

  static {
    INDEXES.put("ready", run -> run.notBefore.isPresent());
    INDEXES.put("inflight", run -> run.delivery.isPresent());
    INDEXES.put("owner", run -> run.delivery.isPresent());
    INDEXES.put("awaiting", run -> run.reportBy.isPresent());
    INDEXES.put("holding", run -> run.place == Place.SLOT);
    INDEXES.put("wait", run -> run.place == Place.SCHEDULER);
    INDEXES.put("wait-of-job", run -> run.place == Place.JOB);
  }

  private final State state;
  private final List<Violation> found = new ArrayList<>();

  TwinAudit(State state) {
    this.state = state;
  }

  List<Violation> violations() {
    state.runs.values().forEach(this::judge);
    state.jobs.values().forEach(this::judge);
    judgeScheduler();
    return found;
  }

  private void judge(RunEntry run) {
    if (!state.jobs.containsKey(run.id.jobId())) {
      found(run, "unknown:job");
    }
    Optional<Set<String>> demanded = demanded(run);
    if (demanded.isEmpty()) {
      found(run, "state");
      return;
    }
    INDEXES.forEach(
        (index, holds) -> {
          boolean wanted = demanded.get().contains(index);
          if (wanted != holds.test(run)) {
            found(run, (wanted ? "missing:" : "stray:") + index);
          }
        });
  }

  private static Optional<Set<String>> demanded(RunEntry run) {
    return switch (run.state) {
      case QUEUED -> Optional.of(Set.of(run.place == Place.SCHEDULER ? "wait" : "wait-of-job"));
      case READY, RETRYING -> Optional.of(Set.of("ready", "holding"));
      case RUNNING -> Optional.of(Set.of("inflight", "owner", "holding"));
      case AWAITING_COMPLETION -> Optional.of(Set.of("awaiting", "holding"));
      case SUCCEEDED, FAILED, CANCELLED, SKIPPED -> Optional.empty();
    };
  }

  private void judge(JobEntry job) {
    List<RunEntry> runs = state.activeRuns(job.id);
    judgeDue(job, runs);
    List<RunEntry> holding = runs.stream().filter(run -> run.place != Place.JOB).toList();
    Optional<Integer> limit = job.definition.concurrency().map(ConcurrencyPolicy::limit);
    if (limit.filter(most -> holding.size() > most).isPresent()
        && holding.stream().anyMatch(run -> run.revision == job.revision)) {
      found(job, "over-limit");
    }
    List<RunEntry> places =
        runs.stream()
            .filter(run -> run.place == Place.SCHEDULER)
            .sorted(comparing(run -> run.order))
            .toList();
    places.stream().skip(1).forEach(run -> found(run, "place"));
    boolean full = limit.filter(most -> holding.size() >= most).isPresent();
    boolean goesOnLater = state.promotions.contains(job.id);
    if (holding.size() < runs.size() && !full && places.isEmpty() && !goesOnLater) {
      found(job, "stuck");
    }
  }

  private void judgeDue(JobEntry job, List<RunEntry> runs) {
    boolean hasToCome =
        job.pending.isPresent() || job.definition.rest().isPresent() && runs.isEmpty();
    boolean demanded =
        job.state == JobState.ACTIVE && hasToCome
            || job.pause
                .filter(pause -> job.state == JobState.PAUSED && pause.until().isPresent())
                .isPresent();
    if (demanded && job.due.isEmpty()) {
      found(job, "missing:due");
    }
    if (job.due.isPresent() && !demanded && job.state != JobState.ACTIVE) {
      found(job, "stray:due");
    }
  }

  private void judgeScheduler() {
    List<RunEntry> holding =
        state.runs.values().stream().filter(run -> run.place == Place.SLOT).toList();
    Optional<Integer> limit = state.settings.concurrency().map(ConcurrencyPolicy::limit);
    if (limit.filter(most -> holding.size() > most).isPresent()
        && holding.stream().anyMatch(run -> run.gotSlot > state.limitSince)) {
      found.add(new Violation("scheduler", "over-limit"));
    }
    boolean full = limit.filter(most -> holding.size() >= most).isPresent();
    boolean goesOnLater = state.promotions.contains(State.ALL_JOBS);
    if (!full
        && !goesOnLater
        && state.runs.values().stream().anyMatch(run -> run.place == Place.SCHEDULER)) {
      found.add(new Violation("scheduler", "stuck"));
    }
  }

  private void found(RunEntry run, String rule) {
    found.add(new Violation(run.id.toString(), rule));
  }

  private void found(JobEntry job, String rule) {
    found.add(new Violation(job.id, rule));
  }
}
