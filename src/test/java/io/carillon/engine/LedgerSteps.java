package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.Audit.Violation;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Lease.Bid;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Next;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.RunLedger.Taken;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Attempt;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Pause;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What tests of the ports do again and again, one line each. */
public final class LedgerSteps {

  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Ports ports;

  public LedgerSteps(Ports ports) {
    this.ports = ports;
  }

  public static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  public Instant now() {
    return ports.clock().instant();
  }

  /** Has a leader elected, and answers its epoch. */
  public long lead() {
    return ((Bid.Won) ports.lease().acquire("leader", Duration.ofMinutes(10))).leadership().epoch();
  }

  /** A job that is due now. */
  public Job dueJob(String id) {
    return dueJob(id, aJob());
  }

  public Job dueJob(String id, DefinitionBuilder definition) {
    return job(id, definition.build(), Optional.of(now()));
  }

  public Job job(String id, Definition definition, Optional<Instant> next) {
    return done(ports.jobs().put(creation(id, definition, next)));
  }

  /** A job whose next occurrence is due later than its time. */
  public Job delayedJob(String id, DefinitionBuilder definition, Instant next, Instant due) {
    return done(
        ports.jobs().put(creation(id, definition.build(), Optional.of(next), Optional.of(due))));
  }

  public Put creation(String id, Definition definition, Optional<Instant> next) {
    return creation(id, definition, next, next);
  }

  private Put creation(
      String id, Definition definition, Optional<Instant> next, Optional<Instant> due) {
    return new Put(
        id,
        0,
        Optional.empty(),
        definition,
        JobState.ACTIVE,
        Optional.empty(),
        now(),
        now(),
        next,
        due,
        Optional.empty());
  }

  /** Gives a job another definition. */
  public Written replaced(Job job, DefinitionBuilder definition) {
    return ports.jobs().putAll(List.of(replacement(job, definition.build()))).get(0);
  }

  /** The same job with another definition. */
  public Put replacement(Job job, Definition definition) {
    return new Put(
        job.id(),
        job.revision(),
        job.pending(),
        definition,
        job.state(),
        job.pause(),
        now(),
        job.anchor(),
        job.pending(),
        job.nextRunAt(),
        Optional.empty());
  }

  public SetState pause(Job job, Optional<Instant> until) {
    return new SetState(
        job.id(),
        job.revision(),
        JobState.PAUSED,
        Optional.of(new Pause(Optional.of("maintenance"), now(), until)),
        now(),
        Optional.empty(),
        until);
  }

  public SetState resume(Job job, Instant next) {
    return new SetState(
        job.id(),
        job.revision(),
        JobState.ACTIVE,
        Optional.empty(),
        now(),
        Optional.of(next),
        Optional.of(next));
  }

  public static Job done(Written written) {
    return ((Written.Done) written).job();
  }

  public Job find(String id) {
    return ports.jobs().find(id).orElseThrow();
  }

  /** The claim of what a job has to come next; the job is advanced by ten seconds. */
  public static Claim claimOf(Job job) {
    Instant next = job.nextRunAt().orElseThrow();
    return claimOf(job, Claim.Kind.FIRE, at(next.plus(EVERY)));
  }

  public static Claim claimOf(Job job, Claim.Kind kind, Upcoming upcoming) {
    Instant next = job.nextRunAt().orElseThrow();
    return new Claim(job.id(), job.revision(), next, next, kind, upcoming, Optional.empty());
  }

  public static Upcoming at(Instant next) {
    return new Upcoming(JobState.ACTIVE, Optional.of(new Next(next, next)));
  }

  public ClaimResult claim(long epoch, Claim claim) {
    return claim(epoch, claim, HandOff.NONE);
  }

  public ClaimResult claim(long epoch, Claim claim, HandOff to) {
    return await(ports.runs().claim(epoch, List.of(claim), to)).get(0);
  }

  /** A run of a new job, ready to be taken. */
  public RunId readyRun(String jobId) {
    return readyRun(jobId, aJob());
  }

  public RunId readyRun(String jobId, DefinitionBuilder definition) {
    return claimed(dueJob(jobId, definition));
  }

  public RunId claimed(Job job) {
    long epoch = ports.lease().holder().map(Lease.Leadership::epoch).orElseGet(this::lead);
    return ((ClaimResult.Claimed) claim(epoch, claimOf(job))).run();
  }

  public Taken take(String replica, String token) {
    return await(ports.runs().take(new Take(replica, token, 100)));
  }

  /** A run of a new job, taken by a replica. */
  public TakenRun takenRun(String jobId, String replica) {
    readyRun(jobId);
    return take(replica, "token-" + jobId).runs().get(0);
  }

  public FinishResult finish(String replica, TakenRun run, Outcome outcome) {
    return await(ports.runs().finish(replica, List.of(new Finish(run.id(), run.token(), outcome))))
        .get(0);
  }

  public static Outcome succeeded(TakenRun run) {
    return new Outcome.Ended(
        RunState.SUCCEEDED, Optional.empty(), attempt(run, Optional.of(200), Optional.empty()));
  }

  public static Outcome failed(TakenRun run) {
    return new Outcome.Ended(
        RunState.FAILED,
        Optional.of("http-500"),
        attempt(run, Optional.of(500), Optional.of("http-500")));
  }

  /** Its guard said no. */
  public static Outcome heldBack(TakenRun run) {
    return new Outcome.Ended(
        RunState.SKIPPED,
        Optional.of("guard"),
        attempt(run, Optional.empty(), Optional.of("guard")));
  }

  public static Outcome retry(TakenRun run, Duration delay) {
    return new Outcome.Retry(delay, attempt(run, Optional.empty(), Optional.of("timeout")));
  }

  private static Attempt attempt(TakenRun run, Optional<Integer> status, Optional<String> error) {
    return new Attempt(
        run.attempt(),
        run.at(),
        Optional.of(Duration.ofMillis(12)),
        status,
        error,
        Optional.empty());
  }

  /** All that an audit finds, in as many looks as it takes. */
  public List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      Audit audit = ports.runs().audit(position, 3);
      found.addAll(audit.violations());
      position = audit.next();
    } while (position.isPresent());
    return found;
  }

  /** Everything that was told so far. */
  public List<LifecycleEvent> events() {
    return ports.events().after("0-0", 10_000, Duration.ZERO);
  }

  public List<String> eventTypes() {
    return events().stream().map(LifecycleEvent::type).toList();
  }

  public LifecycleEvent lastEvent() {
    List<LifecycleEvent> events = events();
    return events.get(events.size() - 1);
  }
}
