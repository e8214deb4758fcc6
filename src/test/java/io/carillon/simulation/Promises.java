package io.carillon.simulation;

import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Lease.Bid;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Reaped;
import io.carillon.engine.RunLedger.Reception;
import io.carillon.engine.RunLedger.Report;
import io.carillon.engine.RunLedger.Taken;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.twin.ActiveRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.simulation.Violation.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the service promises, held against everything that the store is asked, whoever hears the
 * answer. Where the store forgets, what was promised since is forgotten with it.
 */
final class Promises implements Complaints {

  private static final Duration TOLERANCE = Duration.ofMillis(50);

  /** What went wrong first is what it is about. */
  record Broken(Promise promise, String how) {}

  private final InMemoryLedger ledger;
  private final Set<Promise> overlooked;
  private final Map<String, Timeline> timelines = new TreeMap<>();
  private final Roll roll = new Roll();
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, RunId> names = new HashMap<>();
  private final Map<String, String> madeUnder = new HashMap<>();
  private long epoch;
  private Instant rolledBackAt = Instant.MIN;
  private Optional<Broken> broken = Optional.empty();

  /**
   * @param overlooked promises that do not count
   */
  Promises(InMemoryLedger ledger, Set<Promise> overlooked) {
    this.ledger = ledger;
    this.overlooked = overlooked;
  }

  @Override
  public void broken(Promise promise, String how) {
    if (broken.isEmpty() && !overlooked.contains(promise)) {
      broken = Optional.of(new Broken(promise, how));
    }
  }

  Optional<Broken> firstBroken() {
    return broken;
  }

  Map<String, Timeline> timelines() {
    return timelines;
  }

  private Instant now() {
    return ledger.clock().instant();
  }

  /** Answers how to forget what happens from now on. */
  Runnable wayBack() {
    Map<String, Timeline> timelinesThen = new TreeMap<>(timelines);
    Map<String, Integer> slotsThen = new HashMap<>(slots);
    Roll rollThen = new Roll();
    rollThen.become(roll);
    Map<String, String> madeUnderThen = new HashMap<>(madeUnder);
    long epochThen = epoch;
    return () -> {
      timelines.clear();
      timelines.putAll(timelinesThen);
      slots.clear();
      slots.putAll(slotsThen);
      madeUnder.clear();
      madeUnder.putAll(madeUnderThen);
      roll.become(rollThen);
      epoch = epochThen;
      rolledBackAt = now();
    };
  }

  /** What changes no job and no run. */
  private static final Set<String> LOOKS =
      Set.of(
          "find",
          "load",
          "list",
          "due",
          "overdue",
          "look",
          "holder",
          "isFull",
          "claimKey",
          "releaseKey",
          "forgetKey",
          "createdUnder",
          "acceptedUnder",
          "owned",
          "renew",
          "release",
          "settings",
          "alive",
          "gone",
          "replicas",
          "jobCounts",
          "warnings",
          "runs",
          "failures");

  /** Has a command done, and looks at what came of it. */
  Object watch(Replica from, Command command) {
    if (LOOKS.contains(command.name())) {
      return command.run();
    }
    boolean finishes = command.name().equals("finish");
    Map<RunId, Optional<String>> owners = finishes ? owners() : Map.of();
    Object answer = command.run();
    Object[] asked = command.arguments();
    switch (command.name()) {
      case "putAll" -> putAll(listOf(Put.class, asked[0]), listOf(Written.class, answer));
      case "setState" -> {
        SetState change = (SetState) asked[0];
        written(change.id(), change.state(), (Written) answer);
      }
      case "delete" -> deleted((String) asked[0], (Boolean) answer);
      case "acquire", "depose" -> elected((Bid) answer);
      case "claim" ->
          claimed(
              (Long) asked[0], listOf(Claim.class, asked[1]), listOf(ClaimResult.class, answer));
      case "accept" -> accepted(((ByHand) asked[0]).id(), (Acceptance) answer);
      case "cancel" -> cutShort((RunId) asked[0], (Boolean) answer);
      case "complete" -> cutShort(((Report) asked[0]).id(), answer == Reception.TAKEN);
      case "finish" ->
          finished(
              from.id(),
              listOf(Finish.class, asked[1]),
              listOf(FinishResult.class, answer),
              owners);
      default -> {
        // Only what changes a job or a run is of interest.
      }
    }
    if (asked.length == 2 && asked[1] instanceof IdempotencyKeys.Claim claim) {
      made(claim.key(), answer);
    }
    if (!isEmpty(answer)) {
      check();
    }
    return answer;
  }

  private static boolean isEmpty(Object answer) {
    return answer instanceof Taken taken && taken.runs().isEmpty()
        || answer instanceof Reaped reaped && reaped.offeredAgain() + reaped.failed() == 0;
  }

  private static <T> List<T> listOf(Class<T> type, Object list) {
    return ((List<?>) list).stream().map(type::cast).toList();
  }

  private Map<RunId, Optional<String>> owners() {
    return ledger.active().stream().collect(Collectors.toMap(ActiveRun::id, ActiveRun::owner));
  }

  private void putAll(List<Put> puts, List<Written> answers) {
    for (int i = 0; i < puts.size(); i++) {
      Put put = puts.get(i);
      Written answer = answers.get(i);
      written(put.id(), put.state(), answer);
      put.under().ifPresent(claim -> made(claim.key(), answer));
    }
  }

  private void written(String id, JobState as, Written answer) {
    if (answer instanceof Written.Done done) {
      Timeline was = timelines.get(id);
      boolean same = was != null && was.incarnation().equals(done.job().incarnation());
      timelines.put(id, same ? was.written(as, done.job(), now(), this) : Timeline.of(done.job()));
    }
  }

  private void made(String key, Object answer) {
    Optional<String> thing = Optional.empty();
    if (answer instanceof Written.Done done) {
      thing = Optional.of(done.job().id() + ' ' + done.job().incarnation());
    } else if (answer instanceof Acceptance.Accepted accepted) {
      thing = Optional.of(accepted.run().id().toString());
    }
    thing.ifPresent(
        made -> {
          String first = madeUnder.putIfAbsent(key, made);
          if (first != null && !first.equals(made)) {
            broken(Promise.ONE_PER_KEY, "under " + key + ": " + first + " and " + made);
          }
        });
  }

  private void deleted(String id, boolean done) {
    if (done) {
      timelines.remove(id);
      slots.remove(id);
      roll.forget(id);
    }
  }

  private void elected(Bid answer) {
    if (answer instanceof Bid.Won won) {
      if (won.leadership().epoch() <= epoch) {
        broken(Promise.ONLY_THE_LEADER, "epoch " + epoch + " is followed by " + won);
      }
      epoch = won.leadership().epoch();
    }
  }

  private void claimed(long under, List<Claim> claims, List<ClaimResult> results) {
    Settings settings = ledger.scheduler().settings();
    for (int i = 0; i < claims.size(); i++) {
      ClaimResult result = results.get(i);
      if (result instanceof ClaimResult.Accepted || result instanceof ClaimResult.Refused) {
        claimed(under, claims.get(i), result, settings);
      }
    }
  }

  private void claimed(long under, Claim claim, ClaimResult result, Settings settings) {
    if (under != epoch) {
      broken(Promise.ONLY_THE_LEADER, "in epoch %d under %d: %s".formatted(epoch, under, claim));
    }
    Instant latest = now().plus(TOLERANCE);
    boolean early = claim.due().isAfter(latest) || claim.occurrence().isAfter(latest);
    boolean beforeItsDue =
        claim.kind() == Claim.Kind.FIRE && claim.occurrence().isAfter(claim.due());
    if (early || beforeItsDue) {
      broken(Promise.NEVER_EARLY, "claimed at " + now() + ": " + claim);
    }
    if (settings.paused()) {
      broken(Promise.CHANGES_HOLD, "the scheduler is paused, but claimed: " + claim);
    }
    Timeline was = timelines.get(claim.jobId());
    if (was == null) {
      broken(Promise.CHANGES_HOLD, "there is no such job, but claimed: " + claim);
      return;
    }
    boolean runs = claim.kind() == Claim.Kind.FIRE || claim.kind() == Claim.Kind.CATCH_UP;
    boolean takenIn = runs && result instanceof ClaimResult.Accepted;
    timelines.put(claim.jobId(), was.claimed(claim, takenIn, settings, this));
    if (takenIn) {
      named(was, claim.occurrence(), ((ClaimResult.Accepted) result).run());
    }
  }

  private void named(Timeline job, Instant occurrence, RunId run) {
    RunId first = names.putIfAbsent(job.id() + job.incarnation() + occurrence, run);
    if (first != null && !first.equals(run)) {
      broken(Promise.ONE_NAME, first + " is also called " + run);
    }
    roll.accept(run, this);
  }

  private void accepted(RunId run, Acceptance answer) {
    if (answer instanceof Acceptance.Accepted && !roll.knows(run)) {
      roll.accept(run, this);
    }
  }

  private void cutShort(RunId run, boolean done) {
    if (done) {
      roll.cutShort(run);
    }
  }

  private void finished(
      String by,
      List<Finish> finishes,
      List<FinishResult> results,
      Map<RunId, Optional<String>> owners) {
    for (int i = 0; i < finishes.size(); i++) {
      Finish finish = finishes.get(i);
      Optional<String> owner = owners.getOrDefault(finish.id(), Optional.empty());
      boolean its = owner.equals(Optional.of(ActiveRun.owner(by, finish.token())));
      if (results.get(i) == FinishResult.RECORDED && !its) {
        broken(Promise.OWNERS_OUTCOME, "%s is of %s, but %s".formatted(finish.id(), owner, finish));
      } else if (its && isSkipped(finish.outcome())) {
        didNotHappen(finish.id());
      }
    }
  }

  /** Of a run that was accepted. */
  private void didNotHappen(RunId run) {
    boolean isOccurrence = !run.occurrence().startsWith("m");
    if (isOccurrence) {
      timelines.computeIfPresent(run.jobId(), (id, job) -> job.withOneLess());
    }
  }

  private static boolean isSkipped(Outcome outcome) {
    return outcome instanceof Outcome.Ended ended && ended.state() == RunState.SKIPPED;
  }

  /** The first byte of an attempt reaches its receiver. */
  void rings(Exchange exchange, List<Exchange> open) {
    boolean scheduled = exchange.run.trigger() == Trigger.SCHEDULE;
    if (scheduled && exchange.run.scheduledAt().isAfter(now().plus(TOLERANCE))) {
      broken(Promise.NEVER_EARLY, "rings at " + now() + ": " + exchange.run.id());
    }
    Timeline job = timelines.get(exchange.run.id().jobId());
    if (job == null || job.definition().concurrency().isEmpty() || !counts(exchange, job)) {
      return;
    }
    long now = ledger.clock().nanoTime();
    List<RunId> atWork =
        open.stream()
            .filter(other -> other.isOf(exchange.run) && other.isAtWork(now) && counts(other, job))
            .map(other -> other.run.id())
            .toList();
    if (atWork.size() > job.definition().concurrency().get().limit()) {
      broken(Promise.LIMIT, "at work at the same time: " + atWork);
    }
  }

  /**
   * What is still delivered for a deleted job ends unrecorded, and holds nothing of a later one.
   */
  private boolean counts(Exchange exchange, Timeline job) {
    return exchange.run.id().incarnation().equals(job.incarnation())
        && !exchange.excused
        && !roll.isCutShort(exchange.run.id())
        && exchange.run.at().isAfter(job.limitedSince())
        && exchange.run.at().isAfter(rolledBackAt);
  }

  /** Whether the store's own knowledge is in order. */
  private void check() {
    List<ActiveRun> active = ledger.active();
    roll.compare(active, ledger.runs(), this).forEach(this::didNotHappen);
    Map<String, List<ActiveRun>> byJob =
        active.stream().collect(Collectors.groupingBy(run -> run.id().jobId()));
    for (Timeline job : List.copyOf(timelines.values())) {
      List<ActiveRun> its = byJob.getOrDefault(job.id(), List.of());
      checkDue(job, its);
      checkSlots(job, its);
    }
  }

  private void checkDue(Timeline was, List<ActiveRun> its) {
    Optional<Timed> found = ledger.jobs().load(List.of(was.id())).stream().findFirst();
    if (found.isEmpty()) {
      broken(Promise.CONSISTENCY, "disappeared: " + was.id());
      return;
    }
    Job job = found.get().job();
    timelines.put(was.id(), was.settled(job, this));
    boolean waits = was.rests() && !its.isEmpty();
    if (job.state() == JobState.ACTIVE && !waits && found.get().dueAt().isEmpty()) {
      broken(Promise.NOTHING_LEFT_OUT, "active and never due: " + was.id());
    }
  }

  private void checkSlots(Timeline job, List<ActiveRun> its) {
    int held = (int) its.stream().filter(ActiveRun::hasJobSlot).count();
    int before = Optional.ofNullable(slots.put(job.id(), held)).orElse(0);
    int limit =
        job.definition().concurrency().map(ConcurrencyPolicy::limit).orElse(Integer.MAX_VALUE);
    if (held > limit && held > before) {
      broken(Promise.LIMIT, held + " slots of " + job.id());
    }
    if (held > limit) {
      timelines.put(job.id(), timelines.get(job.id()).crowded(now()));
    }
    boolean idle = held < limit && held < its.size();
    if (idle && ledger.scheduler().settings().concurrency().isEmpty()) {
      broken(Promise.NO_IDLE_SLOT, "of " + job.id() + ": " + its);
    }
  }
}
