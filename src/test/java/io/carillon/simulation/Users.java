package io.carillon.simulation;

import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.JobRequest;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.Precondition;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Report;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.ActiveRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Definition;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.job.RetryPolicy;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.schedule.From;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.simulation.Violation.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Those who register jobs and change their minds, through whichever replica they reach. */
final class Users {

  private static final List<String> JOBS = List.of("bells", "gongs", "chimes");

  private final Chance chance;
  private final InMemoryLedger ledger;
  private final Receiver receiver;
  private final Complaints complaints;
  private final Trace trace;
  private final KeyedUsers keyed;
  private int runsByHand;

  Users(
      Chance chance, InMemoryLedger ledger, Receiver receiver, Complaints complaints, Trace trace) {
    this.chance = chance;
    this.ledger = ledger;
    this.receiver = receiver;
    this.complaints = complaints;
    this.trace = trace;
    this.keyed = new KeyedUsers(chance, trace);
  }

  /** One of them wants something of a replica. */
  void act(Replica through) {
    try {
      ask(through, chance.oneOf(JOBS));
    } catch (StoreUnavailable unavailable) {
      trace.note(() -> "user told to try again: " + unavailable.getMessage());
    }
  }

  private void ask(Replica replica, String job) {
    switch (chance.below(24)) {
      case 0, 1, 2, 3, 4 -> put(replica, job);
      case 5 -> putSome(replica);
      case 6, 7 -> pause(replica, job);
      case 8, 9, 10 -> replica.jobs().resume(job, Precondition.NONE);
      case 11 -> replica.jobs().delete(job, Precondition.NONE);
      case 12, 13 -> runByHand(replica, job);
      case 14 -> cancel(replica);
      case 15, 16, 17 -> report(replica);
      case 18 -> changeTarget(replica, job);
      case 19 -> keyed.ask(replica, job);
      case 20, 21, 22 -> keyed.repeat(replica);
      default -> changeSettings(replica);
    }
  }

  private void put(Replica replica, String job) {
    Changed answer = replica.jobs().put(job, definition(replica.now()), Precondition.NONE);
    trace.note(() -> "user put " + job + " → " + answer);
  }

  /** Together, also one job twice. */
  private void putSome(Replica replica) {
    List<JobRequest> requests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Definition definition = definition(replica.now());
      requests.add(
          new JobRequest(
              chance.oneOf(JOBS), current -> definition, Optional.empty(), Precondition.NONE));
    }
    List<Changed> answers = replica.jobs().putAll(requests);
    trace.note(
        () -> "user put some " + requests.stream().map(JobRequest::id).toList() + " → " + answers);
  }

  private void pause(Replica replica, String job) {
    Optional<Instant> until = chance.perhaps(() -> replica.now().plus(chance.millis(500, 8_000)));
    Changed answer = replica.jobs().pause(job, Optional.empty(), until, Precondition.NONE);
    trace.note(() -> "user paused " + job + " → " + answer);
    if (answer instanceof Changed.Updated updated && updated.job().state() != JobState.PAUSED) {
      complaints.broken(Promise.CHANGES_HOLD, "a pause that is none: " + answer);
    }
  }

  /** Something that has nothing to do with its times. */
  private void changeTarget(Replica replica, String job) {
    String url = "http://127.0.0.1:" + (1 + chance.below(9)) + '/';
    replica
        .jobs()
        .patch(
            job,
            present -> present.to(aJob().to(url).within("PT3S").build().target()),
            Precondition.NONE);
  }

  private void runByHand(Replica replica, String job) {
    ledger
        .jobs()
        .find(job)
        .ifPresent(
            known -> {
              String drawn = "x" + runsByHand++;
              Instant now = replica.now();
              RunId run = RunId.byHand(job, known.incarnation(), now, drawn);
              ByHand wish = new ByHand(run, now, Optional.empty());
              replica.runs().accept(wish);
              if (chance.onceIn(3)) {
                replica.runs().accept(wish);
              }
            });
  }

  private void cancel(Replica replica) {
    List<ActiveRun> active = ledger.active();
    if (!active.isEmpty()) {
      replica.runs().cancel(chance.oneOf(active).id());
    }
  }

  private void report(Replica replica) {
    for (ActiveRun run : ledger.active()) {
      Optional<String> token = receiver.reportToken(run.id());
      if (run.state() == RunState.AWAITING_COMPLETION && token.isPresent()) {
        RunState how = chance.oneOf(RunState.SUCCEEDED, RunState.FAILED);
        replica.runs().complete(new Report(run.id(), how, Optional.empty(), token));
        return;
      }
    }
  }

  private void changeSettings(Replica replica) {
    Optional<Boolean> paused = chance.perhaps(() -> chance.onceIn(3));
    Optional<Optional<ConcurrencyPolicy>> limit =
        chance.perhaps(() -> chance.onceIn(2) ? Optional.empty() : Optional.of(limit()));
    replica.scheduler().change(new Change(paused, limit));
  }

  private Definition definition(Instant now) {
    DefinitionBuilder definition =
        aJob()
            .within("PT%dS".formatted(1 + chance.below(4)))
            .retrying(
                new RetryPolicy(
                    1 + chance.below(3), Duration.ofSeconds(1), 2, Duration.ofSeconds(8), 0.2))
            .whenMissed(
                new MisfirePolicy(
                    chance.oneOf(OnMisfire.values()),
                    chance.millis(500, 4_000),
                    1 + chance.below(4)));
    switch (chance.below(8)) {
      case 0 -> definition.restingBetweenRuns("PT1S");
      case 1 -> definition.on(random(From.COMPLETION));
      case 2 -> definition.on(random(From.SCHEDULE));
      case 3 -> definition.once(now.plus(chance.millis(0, 3_000)), now.plusSeconds(5));
      default -> definition.every("PT%dS".formatted(chance.oneOf(1, 1, 2, 3, 5, 20)));
    }
    chance.perhaps(() -> definition.jitteredBy("PT0.7S"));
    chance.perhaps(() -> definition.limitedTo(limit()));
    if (chance.onceIn(8)) {
      definition.atMost(1 + chance.below(5));
    }
    if (chance.onceIn(8)) {
      definition.guardedWithin("PT1S");
    }
    if (chance.onceIn(8)) {
      definition.pausedAfter(1 + chance.below(3));
    }
    if (chance.onceIn(6)) {
      definition.reportedWithin("PT6S");
    }
    return definition.build();
  }

  private static RandomDurationSchedule random(From from) {
    return new RandomDurationSchedule(Duration.ofSeconds(1), Duration.ofSeconds(3), from);
  }

  private ConcurrencyPolicy limit() {
    return new ConcurrencyPolicy(
        1 + chance.below(2), chance.oneOf(OnLimit.SKIP, OnLimit.QUEUE, OnLimit.QUEUE), 4);
  }

  /** The scheduler goes on, whoever stopped it. */
  void resumeScheduler(Replica through) {
    through.scheduler().change(new Change(Optional.of(false), Optional.empty()));
  }

  /**
   * Nothing more is to run. A pause for no reason would leave a job that is paused already the end
   * that its pause has, after which it would go on.
   */
  void pauseEverything(Replica through) {
    Optional<String> reason = Optional.of("the end");
    for (String job : JOBS) {
      through.jobs().pause(job, reason, Optional.empty(), Precondition.NONE);
    }
  }
}
