package io.carillon.engine.twin;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.carillon.engine.Hints;
import io.carillon.engine.RunLedger;
import io.carillon.engine.Upcoming;
import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.engine.twin.State.LatestTake;
import io.carillon.job.Attempt;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The life of runs, one simple step after the other. */
final class TwinRunLedger implements RunLedger {

  private static final Duration CLOCK_TOLERANCE = Duration.ofMillis(50);
  private static final Duration MARGIN = Duration.ofSeconds(2);
  private static final int MOST_CRASHES = 5;

  private final State state;

  TwinRunLedger(State state) {
    this.state = state;
  }

  @Override
  public CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims) {
    synchronized (state) {
      if (epoch != state.epoch || epoch == 0) {
        return all(claims, new ClaimResult.Fenced());
      }
      if (state.settings.paused()) {
        return all(claims, new ClaimResult.SchedulerPaused());
      }
      Set<String> claimed = new HashSet<>();
      List<ClaimResult> results = new ArrayList<>();
      for (Claim claim : claims) {
        ClaimResult result = claim(claim, claimed.contains(claim.jobId()));
        if (result instanceof ClaimResult.Claimed) {
          claimed.add(claim.jobId());
        }
        results.add(result);
      }
      hintReady();
      return completedFuture(results);
    }
  }

  private static CompletionStage<List<ClaimResult>> all(List<Claim> claims, ClaimResult result) {
    return completedFuture(claims.stream().map(any -> result).toList());
  }

  private ClaimResult claim(Claim claim, boolean again) {
    Duration early = Duration.between(state.now(), claim.due());
    if (early.compareTo(CLOCK_TOLERANCE) > 0) {
      return new ClaimResult.Early(early);
    }
    JobEntry job = state.jobs.get(claim.jobId());
    boolean asThought =
        !again
            && job != null
            && job.due.equals(Optional.of(claim.due()))
            && job.revision == claim.revision()
            && job.state == JobState.ACTIVE
            && job.lastOccurrence.filter(last -> !last.isBefore(claim.occurrence())).isEmpty();
    if (!asThought) {
      return new ClaimResult.Stale();
    }
    RunId id = RunId.ofOccurrence(job.id, job.incarnation, claim.occurrence());
    switch (claim.kind()) {
      case FIRE -> accept(job, id, Trigger.SCHEDULE, claim);
      case CATCH_UP -> accept(job, id, Trigger.CATCH_UP, claim);
      case PASS -> {}
    }
    advance(job, claim);
    return new ClaimResult.Claimed(id);
  }

  private void accept(JobEntry job, RunId id, Trigger trigger, Claim claim) {
    state.runs.put(
        id.toString(),
        new RunEntry(id, trigger, claim.occurrence(), job.revision, state.now(), Optional.empty()));
    job.accepted++;
  }

  private void advance(JobEntry job, Claim claim) {
    Upcoming upcoming = claim.upcoming();
    job.lastOccurrence = Optional.of(claim.occurrence());
    job.advanceTo(upcoming.nextRunAt(), upcoming.dueAt());
    if (upcoming.state() == JobState.COMPLETED || job.hasHadAll()) {
      state.complete(job);
    }
  }

  @Override
  public CompletionStage<Taken> take(Take take) {
    synchronized (state) {
      LatestTake latest = state.latestTakes.get(take.replica());
      if (latest != null && latest.token().equals(take.token())) {
        return taken(stillOwned(latest, take), take);
      }
      List<RunEntry> ready = ready().limit(take.max()).toList();
      ready.forEach(run -> give(run, take));
      if (!ready.isEmpty()) {
        List<String> ids = ready.stream().map(run -> run.id.toString()).toList();
        state.latestTakes.put(take.replica(), new LatestTake(take.token(), ids));
      }
      return taken(ready, take);
    }
  }

  private List<RunEntry> stillOwned(LatestTake latest, Take take) {
    return latest.runs().stream()
        .map(state.runs::get)
        .filter(run -> run != null && run.isOf(take.replica(), take.token()))
        .toList();
  }

  private Stream<RunEntry> ready() {
    Instant now = state.now();
    return waiting()
        .filter(run -> !run.notBefore.orElseThrow().isAfter(now))
        .sorted(
            Comparator.comparing((RunEntry run) -> run.notBefore.orElseThrow())
                .thenComparing(run -> run.id.toString()));
  }

  private Stream<RunEntry> waiting() {
    return state.runs.values().stream().filter(run -> run.notBefore.isPresent());
  }

  private void give(RunEntry run, Take take) {
    JobEntry job = state.jobs.get(run.id.jobId());
    Instant now = state.now();
    Instant deadline = now.plus(LOCAL_QUEUEING).plus(job.definition.timeAllowed()).plus(MARGIN);
    if (run.startedAt.isEmpty()) {
      job.countStart();
    }
    run.take(new Delivery(take.replica(), take.token(), deadline), now);
    state.tell(Told.of("run.started", job).about(run.told()));
  }

  private CompletionStage<Taken> taken(List<RunEntry> runs, Take take) {
    Optional<Duration> untilNext =
        waiting()
            .map(run -> run.notBefore.orElseThrow())
            .min(Comparator.naturalOrder())
            .map(next -> Duration.between(state.now(), next))
            .map(left -> left.isNegative() ? Duration.ZERO : left);
    return completedFuture(
        new Taken(runs.stream().map(run -> view(run, take.token())).toList(), untilNext));
  }

  private TakenRun view(RunEntry run, String token) {
    return new TakenRun(
        run.id,
        token,
        run.trigger,
        run.scheduledAt,
        run.attempt,
        run.crashes,
        run.takenAt.orElseThrow(),
        run.startedAt.orElseThrow(),
        state.jobs.get(run.id.jobId()).definition,
        run.payload);
  }

  @Override
  public CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes) {
    synchronized (state) {
      Set<RunId> recorded = new HashSet<>();
      List<RunEntry> owned = new ArrayList<>();
      for (Finish finish : finishes) {
        owned.add(
            state.find(finish.id()).filter(run -> run.isOf(replica, finish.token())).orElse(null));
      }
      List<FinishResult> results = new ArrayList<>();
      for (int i = 0; i < finishes.size(); i++) {
        RunEntry run = owned.get(i);
        results.add(run == null ? FinishResult.STALE : FinishResult.RECORDED);
        if (run != null && recorded.add(run.id)) {
          record(run, finishes.get(i).outcome());
        }
      }
      return completedFuture(results);
    }
  }

  private void record(RunEntry run, Outcome outcome) {
    if (outcome instanceof Outcome.HandedBack) {
      run.attempt--;
      run.offer(RunState.READY, state.now());
      hintReady();
    } else if (outcome instanceof Outcome.Retry retry) {
      Instant next = state.now().plus(retry.delay());
      Attempt failed = with(retry.attempt(), Optional.of(next));
      run.attempts.add(failed);
      run.offer(RunState.RETRYING, next);
      state.tell(
          Told.of("run.retrying", state.jobs.get(run.id.jobId())).about(run.retrying(failed)));
      hintReady();
    } else if (outcome instanceof Outcome.Ended ended) {
      run.attempts.add(with(ended.attempt(), Optional.empty()));
      state.end(run, run.ended(ended.state(), ended.reason(), state.now()));
    }
  }

  private static Attempt with(Attempt attempt, Optional<Instant> next) {
    return new Attempt(
        attempt.number(),
        attempt.at(),
        attempt.duration(),
        attempt.status(),
        attempt.error(),
        next);
  }

  @Override
  public Optional<Run> accept(ByHand byHand) {
    synchronized (state) {
      RunId id = byHand.id();
      JobEntry job = state.jobs.get(id.jobId());
      if (job == null || !job.incarnation.equals(id.incarnation())) {
        return Optional.empty();
      }
      Optional<Run> known = find(id);
      if (known.isPresent()) {
        return known;
      }
      RunEntry run =
          new RunEntry(
              id,
              Trigger.MANUAL,
              byHand.requestedAt(),
              job.revision,
              state.now(),
              byHand.payload());
      state.runs.put(id.toString(), run);
      hintReady();
      return Optional.of(run.view());
    }
  }

  @Override
  public Reaped reap(String replica, int max) {
    synchronized (state) {
      List<RunEntry> lost = new ArrayList<>(overdue().limit(max).toList());
      List<String> dead = state.silentReplicas(replica);
      dead.stream()
          .flatMap(this::ownedBy)
          .filter(run -> !lost.contains(run))
          .limit(max - lost.size())
          .forEach(lost::add);
      long failed = lost.stream().filter(this::crash).count();
      state.forgetReplicasWithoutRuns(dead);
      if (!lost.isEmpty()) {
        hintReady();
      }
      return new Reaped(lost.size() - (int) failed, (int) failed);
    }
  }

  private Stream<RunEntry> ownedBy(String replica) {
    return state.runs.values().stream()
        .filter(run -> run.delivery.filter(by -> by.replica().equals(replica)).isPresent());
  }

  private Stream<RunEntry> overdue() {
    Instant now = state.now();
    return state.runs.values().stream()
        .filter(run -> run.delivery.filter(by -> !by.deadline().isAfter(now)).isPresent())
        .sorted(
            Comparator.comparing((RunEntry run) -> run.delivery.orElseThrow().deadline())
                .thenComparing(run -> run.id.toString()));
  }

  /** Whether it was once too often. */
  private boolean crash(RunEntry run) {
    Instant begun = run.takenAt.orElseThrow();
    run.attempts.add(
        new Attempt(
            run.attempt,
            begun,
            Optional.of(Duration.between(begun, state.now())),
            Optional.empty(),
            Optional.of("crashed"),
            Optional.empty()));
    run.crashes++;
    if (run.crashes < MOST_CRASHES) {
      run.offer(RunState.READY, state.now());
      return false;
    }
    state.end(run, run.ended(RunState.FAILED, Optional.of("crashed"), state.now()));
    return true;
  }

  @Override
  public List<Run> runs(String jobId) {
    synchronized (state) {
      return Stream.concat(
              state.activeRuns(jobId).stream().map(RunEntry::view), state.past(jobId).stream())
          .sorted(
              Comparator.comparing(Run::scheduledAt)
                  .thenComparing(run -> run.id().toString())
                  .reversed())
          .toList();
    }
  }

  @Override
  public Optional<Run> find(RunId id) {
    return runs(id.jobId()).stream().filter(run -> run.id().equals(id)).findFirst();
  }

  @Override
  public Load load() {
    synchronized (state) {
      return new Load(state.runs.size(), 0);
    }
  }

  private void hintReady() {
    state.hints.tell(Hints.Listener::runsReady);
  }
}
