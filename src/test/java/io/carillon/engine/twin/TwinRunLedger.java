package io.carillon.engine.twin;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.carillon.engine.Audit;
import io.carillon.engine.Hints;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.RunLedger;
import io.carillon.engine.Upcoming;
import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.engine.twin.State.LatestTake;
import io.carillon.engine.twin.TwinIdempotencyKeys.Made;
import io.carillon.job.Attempt;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Target;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final Endings endings;
  private final Slots slots;
  private final TwinIdempotencyKeys idempotencyKeys;
  private final Set<Safeguard> missing;

  TwinRunLedger(
      State state,
      Endings endings,
      Slots slots,
      TwinIdempotencyKeys idempotencyKeys,
      Set<Safeguard> missing) {
    this.state = state;
    this.endings = endings;
    this.slots = slots;
    this.idempotencyKeys = idempotencyKeys;
    this.missing = missing;
  }

  @Override
  public CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims, HandOff to) {
    synchronized (state) {
      if (state.full) {
        return failedFuture(State.isFull());
      }
      if (has(Safeguard.FENCE) && (epoch != state.epoch || epoch == 0)) {
        return all(claims, new ClaimResult.Fenced());
      }
      if (state.settings.paused()) {
        return all(claims, new ClaimResult.SchedulerPaused());
      }
      Set<String> claimed = new HashSet<>();
      List<ClaimResult> results = new ArrayList<>();
      int room = state.closedHandOffs.contains(to.replica() + '/' + to.token()) ? 0 : to.room();
      for (Claim claim : claims) {
        Take take = new Take(to.replica(), to.token(), room);
        String report = to.token() + '.' + (results.size() + 1);
        ClaimResult result = claim(claim, claimed.contains(claim.jobId()), take, report);
        room -= result instanceof ClaimResult.HandedOff ? 1 : 0;
        if (result instanceof ClaimResult.Accepted || result instanceof ClaimResult.Refused) {
          claimed.add(claim.jobId());
        }
        results.add(result);
      }
      hintReady();
      return completedFuture(results);
    }
  }

  private boolean has(Safeguard safeguard) {
    return !missing.contains(safeguard);
  }

  private static CompletionStage<List<ClaimResult>> all(List<Claim> claims, ClaimResult result) {
    return completedFuture(claims.stream().map(any -> result).toList());
  }

  private ClaimResult claim(Claim claim, boolean again, Take take, String reportToken) {
    Duration early = Duration.between(state.now(), latest(claim.due(), claim.occurrence()));
    if (early.compareTo(CLOCK_TOLERANCE) > 0) {
      return new ClaimResult.Early(early);
    }
    JobEntry job = state.jobs.get(claim.jobId());
    boolean asThought =
        job != null
            && job.revision == claim.revision()
            && job.state == JobState.ACTIVE
            && (!has(Safeguard.COMPARE_AND_SET) || !again && isStillToCome(job, claim));
    if (!asThought) {
      return new ClaimResult.Stale();
    }
    RunId id = RunId.ofOccurrence(job.id, job.incarnation, claim.occurrence());
    String reason = claim.kind() == Claim.Kind.PASS ? "paused" : "misfire";
    claim.missed().ifPresent(missed -> recordMissed(job, missed, reason));
    Optional<Trigger> trigger =
        switch (claim.kind()) {
          case FIRE -> Optional.of(Trigger.SCHEDULE);
          case CATCH_UP -> Optional.of(Trigger.CATCH_UP);
          case SKIP, PASS -> Optional.empty();
        };
    Optional<RunEntry> run =
        trigger.map(kind -> newRun(job, id, kind, claim.occurrence(), Optional.empty()));
    Optional<String> refused = run.flatMap(one -> takeIn(job, one));
    boolean takenIn = run.isPresent() && refused.isEmpty();
    Optional<RunEntry> handedOff =
        run.filter(one -> takenIn && one.state == RunState.READY && take.max() > 0);
    handedOff.ifPresent(one -> give(one, take, reportToken));
    job.accepted += takenIn ? 1 : 0;
    job.caughtUp = claim.kind() == Claim.Kind.CATCH_UP ? job.caughtUp + 1 : 0;
    advance(job, claim, takenIn);
    return refused
        .<ClaimResult>map(ClaimResult.Refused::new)
        .or(() -> handedOff.map(TwinRunLedger::handedOff))
        .orElseGet(() -> new ClaimResult.Claimed(id));
  }

  private static ClaimResult handedOff(RunEntry run) {
    return new ClaimResult.HandedOff(run.id, run.takenAt.orElseThrow(), run.reportToken);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static boolean isStillToCome(JobEntry job, Claim claim) {
    return job.due.equals(Optional.of(claim.due()))
        && job.lastOccurrence.filter(last -> !last.isBefore(claim.occurrence())).isEmpty();
  }

  private void recordMissed(JobEntry job, Missed missed, String reason) {
    RunId id = RunId.ofOccurrence(job.id, job.incarnation, missed.latest());
    RunEntry run = newRun(job, id, Trigger.SCHEDULE, missed.latest(), Optional.empty());
    endings.recordSkip(job, run, Optional.of(reason), (int) missed.count());
  }

  private RunEntry newRun(
      JobEntry job, RunId id, Trigger trigger, Instant at, Optional<String> payload) {
    return new RunEntry(id, trigger, at, job.revision, payload);
  }

  private Optional<String> takeIn(JobEntry job, RunEntry run) {
    if (slots.isUnlimited(job)) {
      slots.hold(run);
      return Optional.empty();
    }
    Optional<String> refused = admit(job, run);
    refused.ifPresent(reason -> endings.recordSkip(job, run, refused, 1));
    return refused;
  }

  private Optional<String> admit(JobEntry job, RunEntry run) {
    Optional<String> refused = slots.admit(job, run);
    if (run.state == RunState.QUEUED) {
      state.tell(Told.of("run.queued", job).about(run.told()));
    }
    return refused;
  }

  private void advance(JobEntry job, Claim claim, boolean takenIn) {
    Upcoming upcoming = claim.upcoming();
    job.lastOccurrence = Optional.of(claim.occurrence());
    job.advanceTo(upcoming.nextRunAt(), upcoming.dueAt());
    if (upcoming.state() == JobState.COMPLETED || job.hasHadAll()) {
      endings.complete(job);
    } else if (upcoming.equals(Upcoming.WAITING) && !takenIn) {
      endings.afterEnd(job, RunState.SKIPPED);
    }
  }

  @Override
  public CompletionStage<List<TakenRun>> owned(String replica, String token) {
    synchronized (state) {
      state.closedHandOffs.add(replica + '/' + token);
      return completedFuture(
          delivered()
              .filter(run -> run.isOf(replica, token))
              .map(run -> view(run, token))
              .toList());
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
      for (int i = 0; i < ready.size(); i++) {
        give(ready.get(i), take, take.token() + '.' + (i + 1));
      }
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

  private void give(RunEntry run, Take take, String reportToken) {
    JobEntry job = state.jobs.get(run.id.jobId());
    Instant now = state.now();
    Instant deadline = now.plus(LOCAL_QUEUEING).plus(job.definition.timeAllowed()).plus(MARGIN);
    if (run.startedAt.isEmpty()) {
      job.countStart();
    }
    run.take(new Delivery(take.replica(), take.token(), deadline), now);
    if (job.definition.target().completion() == Target.Completion.CALLBACK) {
      run.reportToken = run.reportToken.or(() -> Optional.of(reportToken));
    }
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
        run.payload,
        run.reportToken);
  }

  @Override
  public CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes) {
    synchronized (state) {
      Set<RunId> recorded = new HashSet<>();
      List<String> jobs = new ArrayList<>();
      List<RunEntry> owned = new ArrayList<>();
      for (Finish finish : finishes) {
        owned.add(
            state
                .find(finish.id())
                .filter(run -> !has(Safeguard.OWNER) || run.isOf(replica, finish.token()))
                .orElse(null));
      }
      List<FinishResult> results = new ArrayList<>();
      for (int i = 0; i < finishes.size(); i++) {
        RunEntry run = owned.get(i);
        results.add(run == null ? FinishResult.STALE : FinishResult.RECORDED);
        if (run != null && recorded.add(run.id)) {
          record(run, finishes.get(i).outcome());
          if (finishes.get(i).outcome() instanceof Outcome.Ended) {
            jobs.add(run.id.jobId());
          }
        }
      }
      slots.promote(jobs);
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
          Told.of("run.retrying", job(run)).about(run.after(failed, retry.attempt().error())));
      hintReady();
    } else if (outcome instanceof Outcome.Awaiting awaiting) {
      Attempt answered = with(awaiting.attempt(), Optional.empty());
      run.attempts.add(answered);
      run.await(state.now().plus(awaiting.patience()));
      state.tell(
          Told.of("run.awaiting-completion", job(run))
              .about(run.after(answered, Optional.empty())));
    } else if (outcome instanceof Outcome.Ended ended) {
      if (ended.state() == RunState.SKIPPED) {
        endings.skip(run, ended.reason());
      } else {
        Attempt last = with(ended.attempt(), Optional.empty());
        endings.end(run, ended.state(), ended.reason(), Optional.of(last));
      }
    }
  }

  private JobEntry job(RunEntry run) {
    return state.jobs.get(run.id.jobId());
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
  public Acceptance accept(ByHand byHand) {
    synchronized (state) {
      state.requireRoom();
      RunId id = byHand.id();
      JobEntry job = state.jobs.get(id.jobId());
      if (job == null || !job.incarnation.equals(id.incarnation())) {
        return new Acceptance.Absent();
      }
      Optional<Run> known =
          state.find(id).map(RunEntry::view).or(() -> pastOf(id).findFirst().map(Past::run));
      if (known.isPresent()) {
        return new Acceptance.Accepted(known.get());
      }
      return admitted(job, newRun(job, id, Trigger.MANUAL, byHand.requestedAt(), byHand.payload()));
    }
  }

  @Override
  public Acceptance accept(ByHand run, IdempotencyKeys.Claim under) {
    synchronized (state) {
      state.requireRoom();
      if (!idempotencyKeys.mayMake(under)) {
        return new Acceptance.ClaimLost();
      }
      Acceptance acceptance = accept(run);
      if (acceptance instanceof Acceptance.Accepted accepted) {
        idempotencyKeys.noteMade(under, Made.of(accepted.run()));
      }
      return acceptance;
    }
  }

  @Override
  public Optional<Run> acceptedUnder(String key, RunId id) {
    synchronized (state) {
      return idempotencyKeys.made(key).flatMap(Made::run);
    }
  }

  private Acceptance admitted(JobEntry job, RunEntry run) {
    Optional<String> refused = admit(job, run);
    hintReady();
    return refused
        .<Acceptance>map(Acceptance.Refused::new)
        .orElseGet(() -> new Acceptance.Accepted(run.view()));
  }

  private Stream<Past> pastOf(RunId id) {
    return state.past(id.jobId()).stream().filter(past -> past.run().id().equals(id));
  }

  @Override
  public Acceptance redeliver(RunId id) {
    synchronized (state) {
      state.requireRoom();
      if (state.find(id).isPresent()) {
        return new Acceptance.StillActive();
      }
      Optional<Past> found =
          pastOf(id).filter(past -> !past.isSkip()).reduce((older, newer) -> newer);
      if (found.isEmpty()) {
        return new Acceptance.Absent();
      }
      RunEntry run = found.get().entry();
      Acceptance answer = admitted(job(run), run);
      if (answer instanceof Acceptance.Accepted) {
        job(run).uncount(found.get().run().state());
        run.takenAt = Optional.empty();
        state.history.get(id.jobId()).remove(found.get());
        state.historyChanged(id.jobId());
      }
      return answer;
    }
  }

  @Override
  public boolean cancel(RunId id) {
    synchronized (state) {
      Optional<RunEntry> run = state.find(id);
      run.ifPresent(
          active ->
              endEarly(
                  active, RunState.CANCELLED, Optional.of("cancelled"), Optional.of("cancelled")));
      state.hints.tell(listener -> listener.runCancelled(id));
      return run.isPresent();
    }
  }

  private void endEarly(
      RunEntry run, RunState as, Optional<String> reason, Optional<String> error) {
    Optional<Attempt> last =
        run.state == RunState.RUNNING
            ? Optional.of(run.cutShort(state.now(), error))
            : Optional.empty();
    endings.end(run, as, reason, last);
    slots.promote(List.of(run.id.jobId()));
  }

  @Override
  public Reception complete(Report report) {
    synchronized (state) {
      Optional<RunEntry> found = state.find(report.id());
      if (found.isEmpty()) {
        return Reception.ENDED;
      }
      RunEntry run = found.get();
      if (run.reportToken.isEmpty()) {
        return Reception.UNEXPECTED;
      }
      if (report.token().isPresent() && !report.token().equals(run.reportToken)) {
        return Reception.FORBIDDEN;
      }
      if (run.state != RunState.RUNNING && run.state != RunState.AWAITING_COMPLETION) {
        return Reception.UNEXPECTED;
      }
      endEarly(run, report.state(), report.message(), Optional.empty());
      return Reception.TAKEN;
    }
  }

  /** Positions count the failures from the first that ever was. */
  @Override
  public Failures failures(Optional<String> before, int size) {
    synchronized (state) {
      int to = before.map(Integer::parseInt).orElse(state.failures.size());
      int from = Math.max(0, to - size);
      List<RunId> latest = new ArrayList<>(state.failures.subList(from, to));
      Collections.reverse(latest);
      return new Failures(
          latest.stream()
              .distinct()
              .flatMap(id -> find(id).stream())
              .filter(run -> run.state() == RunState.FAILED)
              .toList(),
          to - from < size ? Optional.empty() : Optional.of(Integer.toString(from)));
    }
  }

  @Override
  public Reaped reap(String replica, int max) {
    synchronized (state) {
      if (!has(Safeguard.REAPER)) {
        return new Reaped(0, 0);
      }
      List<String> jobs = new ArrayList<>();
      int offered = 0;
      for (RunEntry run : overdue().limit(max).toList()) {
        offered += crash(run, jobs) ? 1 : 0;
      }
      for (RunEntry run : unreported().limit(max).toList()) {
        jobs.add(run.id.jobId());
        endings.end(run, RunState.FAILED, Optional.of("completion-timeout"), Optional.empty());
      }
      List<String> dead = state.silentReplicas(replica);
      List<RunEntry> theirs = unlimitedOf(dead);
      int room = Math.max(0, max - offered - jobs.size());
      for (RunEntry run : theirs.stream().limit(room).toList()) {
        offered += crash(run, jobs) ? 1 : 0;
      }
      if (theirs.size() <= room) {
        dead.forEach(state::forgetReplica);
      }
      slots.promote(jobs);
      return new Reaped(offered, jobs.size());
    }
  }

  private Stream<RunEntry> unreported() {
    Instant now = state.now();
    return state.runs.values().stream()
        .filter(run -> run.reportBy.filter(by -> !by.isAfter(now)).isPresent())
        .sorted(
            Comparator.comparing((RunEntry run) -> run.reportBy.orElseThrow())
                .thenComparing(run -> run.id.toString()));
  }

  /** Where there is a limit, the receiver may still be at work: then the deadline decides. */
  private List<RunEntry> unlimitedOf(List<String> replicas) {
    return delivered()
        .filter(run -> replicas.contains(run.delivery.orElseThrow().replica()))
        .filter(run -> slots.isUnlimited(job(run)))
        .toList();
  }

  private Stream<RunEntry> overdue() {
    Instant now = state.now();
    return delivered().filter(run -> !run.delivery.orElseThrow().deadline().isAfter(now));
  }

  private Stream<RunEntry> delivered() {
    return state.runs.values().stream()
        .filter(run -> run.delivery.isPresent())
        .sorted(
            Comparator.comparing((RunEntry run) -> run.delivery.orElseThrow().deadline())
                .thenComparing(run -> run.id.toString()));
  }

  /** Whether it is offered again; otherwise it was once too often. */
  private boolean crash(RunEntry run, List<String> jobs) {
    Attempt last = run.cutShort(state.now(), Optional.of("crashed"));
    run.crashes++;
    if (run.crashes < MOST_CRASHES) {
      run.attempts.add(last);
      run.offer(RunState.READY, state.now());
      return true;
    }
    endings.end(run, RunState.FAILED, Optional.of("crashed"), Optional.of(last));
    jobs.add(run.id.jobId());
    return false;
  }

  @Override
  public List<Run> runs(String jobId) {
    synchronized (state) {
      Map<RunId, Run> runs = new HashMap<>();
      state.activeRuns(jobId).forEach(run -> runs.put(run.id, run.view()));
      List<Past> past = new ArrayList<>(state.past(jobId));
      Collections.reverse(past);
      past.forEach(one -> runs.put(one.run().id(), one.run()));
      return runs.values().stream()
          .sorted(
              Comparator.comparing(Run::scheduledAt)
                  .thenComparing(run -> run.id().toString())
                  .reversed())
          .toList();
    }
  }

  @Override
  public Optional<Run> find(RunId id) {
    synchronized (state) {
      return state
          .find(id)
          .map(RunEntry::view)
          .or(() -> pastOf(id).reduce((older, newer) -> newer).map(Past::run));
    }
  }

  @Override
  public Load load() {
    synchronized (state) {
      long active = state.runs.values().stream().filter(run -> run.place == Place.SLOT).count();
      return new Load(active, state.runs.size() - active);
    }
  }

  /** All of it at once. */
  @Override
  public Audit audit(Optional<String> from, int max) {
    synchronized (state) {
      return new Audit(new TwinAudit(state).violations(), Optional.empty());
    }
  }

  private void hintReady() {
    state.hints.tell(Hints.Listener::runsReady);
  }
}
