package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.at;
import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.engine.LedgerSteps.failed;
import static io.carillon.engine.LedgerSteps.retry;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Due;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Claim.Kind;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Reaped;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.RunLedger.Taken;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Attempt;
import io.carillon.job.Counters;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger of runs keeps to. */
public abstract class RunLedgerContract {

  private RunLedger ledger;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    ledger = ports().runs();
    steps = new LedgerSteps(ports());
  }

  // Claims

  @Test
  void aClaimMakesARunAndAdvancesItsJob() {
    // Given
    Job job = steps.dueJob("bells");
    Instant next = steps.now().plusSeconds(10);

    // When
    ClaimResult result = steps.claim(steps.lead(), claimOf(job, Kind.FIRE, at(next)));

    // Then
    RunId id = RunId.ofOccurrence("bells", job.incarnation(), steps.now());
    assertThat(result).isEqualTo(new ClaimResult.Claimed(id));
    Run run = ledger.find(id).orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.READY);
    assertThat(run.trigger()).isEqualTo(Trigger.SCHEDULE);
    assertThat(run.scheduledAt()).isEqualTo(steps.now());
    Job advanced = steps.find("bells");
    assertThat(advanced.nextRunAt()).contains(next);
    assertThat(advanced.lastOccurrence()).contains(steps.now());
    assertThat(advanced.accepted()).isEqualTo(1);
    assertThat(advanced.revision()).isEqualTo(job.revision());
    assertThat(ports().jobs().due(Instant.EPOCH, next, 10)).containsExactly(new Due("bells", next));
  }

  @Test
  void aRepeatedClaimIsStale() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));
    long epoch = steps.lead();
    steps.claim(epoch, claim);

    // When
    ClaimResult again = steps.claim(epoch, claim);

    // Then
    assertThat(again).isEqualTo(new ClaimResult.Stale());
    assertThat(ledger.runs("bells")).hasSize(1);
    assertThat(steps.find("bells").accepted()).isEqualTo(1);
  }

  @Test
  void aClaimRepeatedAfterItsRunHasEndedIsStale() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));
    long epoch = steps.lead();
    steps.claim(epoch, claim);
    TakenRun run = steps.take("a", "token").runs().get(0);
    steps.finish("a", run, succeeded(run));

    // When
    ClaimResult again = steps.claim(epoch, claim);

    // Then
    assertThat(again).isEqualTo(new ClaimResult.Stale());
    assertThat(steps.take("a", "later").runs()).isEmpty();
  }

  @Test
  void anOccurrenceClaimedBeforeIsStaleEvenUnderItsDue() {
    // Given
    Job job = steps.dueJob("bells");
    long epoch = steps.lead();
    Instant now = steps.now();
    steps.claim(epoch, claimOf(job, Kind.FIRE, at(now.plusMillis(10))));
    Instant due = now.plusMillis(10);

    // When
    ClaimResult again =
        steps.claim(
            epoch,
            new Claim(
                "bells",
                job.revision(),
                due,
                now,
                Kind.FIRE,
                at(now.plusSeconds(10)),
                Optional.empty()));

    // Then
    assertThat(again).isEqualTo(new ClaimResult.Stale());
    assertThat(ledger.runs("bells")).hasSize(1);
  }

  @Test
  void aClaimInAnOlderEpochIsFencedAndChangesNothing() {
    // Given
    Job job = steps.dueJob("bells");
    long old = steps.lead();
    ports().pass(Duration.ofMinutes(11));
    steps.lead();

    // When
    ClaimResult result = steps.claim(old, claimOf(job));

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Fenced());
    assertThat(ledger.runs("bells")).isEmpty();
    assertThat(steps.find("bells")).isEqualTo(job);
  }

  @Test
  void aClaimIsFencedWhereNobodyWasEverElected() {
    // Given
    Job job = steps.dueJob("bells");

    // When
    ClaimResult result = steps.claim(1, claimOf(job));

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Fenced());
  }

  /** Whoever was elected last may go on while nobody else is, lease or no lease. */
  @Test
  void aClaimUnderALapsedLeaseHoldsUntilSomebodyElseIsElected() {
    // Given
    Job job = steps.dueJob("bells");
    long epoch = steps.lead();
    ports().pass(Duration.ofMinutes(11));

    // When
    ClaimResult result = steps.claim(epoch, claimOf(job));

    // Then
    assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void aClaimComputedBeforeAReplacementIsStale() {
    // Given
    Job seen = steps.dueJob("bells");
    ports().jobs().put(steps.replacement(seen, aJob().named("new").build()));

    // When
    ClaimResult result = steps.claim(steps.lead(), claimOf(seen));

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Stale());
    assertThat(ledger.runs("bells")).isEmpty();
  }

  @Test
  void aClaimOfAPausedJobIsStale() {
    // Given
    Job seen = steps.dueJob("bells");
    Job paused = done(ports().jobs().setState(steps.pause(seen, Optional.of(steps.now()))));
    Claim claim =
        new Claim(
            "bells",
            paused.revision(),
            steps.now(),
            steps.now(),
            Kind.FIRE,
            Upcoming.WAITING,
            Optional.empty());

    // When
    ClaimResult result = steps.claim(steps.lead(), claim);

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Stale());
    assertThat(ledger.runs("bells")).isEmpty();
  }

  @Test
  void aClaimOfADeletedJobIsStale() {
    // Given
    Job job = steps.dueJob("bells");
    ports().jobs().delete("bells", job.revision());

    // When
    ClaimResult result = steps.claim(steps.lead(), claimOf(job));

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Stale());
    assertThat(ledger.load().active()).isZero();
  }

  @Test
  void aClaimAheadOfTheStoresClockIsToldByHowMuch() {
    // Given
    Instant due = steps.now().plusMillis(51);
    Job job = steps.job("bells", aJob().build(), Optional.of(due));
    long epoch = steps.lead();

    // When
    ClaimResult early = steps.claim(epoch, claimOf(job));
    ports().pass(Duration.ofMillis(1));
    ClaimResult tolerated = steps.claim(epoch, claimOf(job));

    // Then
    assertThat(early).isEqualTo(new ClaimResult.Early(Duration.ofMillis(51)));
    assertThat(tolerated).isInstanceOf(ClaimResult.Claimed.class);
  }

  /** A leader whose clock is ahead takes for missed what is still to come. */
  @Test
  void anOccurrenceStillToComeIsEarlyThoughItsJobIsDue() {
    // Given
    Job job = steps.dueJob("bells");
    Instant occurrence = steps.now().plusSeconds(3);
    Claim claim =
        new Claim(
            "bells",
            job.revision(),
            steps.now(),
            occurrence,
            Kind.CATCH_UP,
            at(occurrence.plusSeconds(1)),
            Optional.of(new Missed(occurrence.minusSeconds(1), 3)));

    // When
    ClaimResult result = steps.claim(steps.lead(), claim);

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Early(Duration.ofSeconds(3)));
    assertThat(ledger.runs("bells")).isEmpty();
    assertThat(steps.find("bells").nextRunAt()).contains(steps.now());
  }

  @Test
  void whatAPauseKeptBackForGoodIsRecordedAsPaused() {
    // Given
    Job job = steps.dueJob("bells");
    Instant occurrence = steps.now();
    Claim claim =
        new Claim(
            "bells",
            job.revision(),
            occurrence,
            occurrence,
            Kind.PASS,
            at(occurrence.plusSeconds(10)),
            Optional.of(new Missed(occurrence, 1)));

    // When
    ClaimResult result = steps.claim(steps.lead(), claim);

    // Then
    assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
    Run skipped = ledger.runs("bells").get(0);
    assertThat(skipped.state()).isEqualTo(RunState.SKIPPED);
    assertThat(skipped.reason()).contains("paused");
    assertThat(skipped.scheduledAt()).isEqualTo(occurrence);
    assertThat(steps.find("bells").accepted()).isZero();
    assertThat(steps.find("bells").counters().skipped()).isEqualTo(1);
  }

  @Test
  void nothingIsClaimedWhileTheSchedulerIsPaused() {
    // Given
    Job job = steps.dueJob("bells");
    long epoch = steps.lead();
    ports().scheduler().change(new Change(Optional.of(true), Optional.empty()));

    // When
    ClaimResult paused = steps.claim(epoch, claimOf(job));
    ports().scheduler().change(new Change(Optional.of(false), Optional.empty()));
    ClaimResult resumed = steps.claim(epoch, claimOf(job));

    // Then
    assertThat(paused).isEqualTo(new ClaimResult.SchedulerPaused());
    assertThat(resumed).isInstanceOf(ClaimResult.Claimed.class);
  }

  @Test
  void eachClaimOfABatchIsAnsweredByItself() {
    // Given
    Job good = steps.dueJob("good");
    Job early = steps.job("early", aJob().build(), Optional.of(steps.now().plusSeconds(9)));
    Job gone = steps.dueJob("gone");
    ports().jobs().delete("gone", gone.revision());

    // When
    List<ClaimResult> results =
        await(
            ledger.claim(
                steps.lead(),
                List.of(claimOf(gone), claimOf(early), claimOf(good), claimOf(good)),
                HandOff.NONE));

    // Then
    assertThat(results)
        .containsExactly(
            new ClaimResult.Stale(),
            new ClaimResult.Early(Duration.ofSeconds(9)),
            new ClaimResult.Claimed(RunId.ofOccurrence("good", good.incarnation(), steps.now())),
            new ClaimResult.Stale());
  }

  @Test
  void whatIsPassedOverLeavesNoRun() {
    // Given
    Job job = steps.dueJob("bells");
    Instant next = steps.now().plusSeconds(10);

    // When
    ClaimResult result = steps.claim(steps.lead(), claimOf(job, Kind.PASS, at(next)));

    // Then
    assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(ledger.runs("bells")).isEmpty();
    assertThat(steps.find("bells").nextRunAt()).contains(next);
    assertThat(steps.find("bells").accepted()).isZero();
  }

  @Test
  void aCaughtUpOccurrenceSaysSo() {
    // Given
    Job job = steps.dueJob("bells");

    // When
    steps.claim(steps.lead(), claimOf(job, Kind.CATCH_UP, at(steps.now().plusSeconds(10))));

    // Then
    assertThat(ledger.runs("bells")).extracting(Run::trigger).containsExactly(Trigger.CATCH_UP);
  }

  @Test
  void aClaimThatLeavesNothingCompletesTheJob() {
    // Given
    Job job = steps.dueJob("bells");

    // When
    steps.claim(steps.lead(), claimOf(job, Kind.FIRE, Upcoming.NOTHING));

    // Then
    Job completed = steps.find("bells");
    assertThat(completed.state()).isEqualTo(JobState.COMPLETED);
    assertThat(completed.revision()).isEqualTo(2);
    assertThat(completed.nextRunAt()).isEmpty();
    assertThat(ports().jobs().due(Instant.EPOCH, steps.now().plus(Duration.ofDays(10_000)), 10))
        .isEmpty();
    assertThat(steps.lastEvent().type()).isEqualTo("job.completed");
    assertThat(ledger.runs("bells")).hasSize(1);
  }

  @Test
  void theLastOfManyOccurrencesCompletesTheJob() {
    // Given
    Job job = steps.dueJob("bells", aJob().atMost(2));
    steps.claimed(job);
    ports().pass(Duration.ofSeconds(10));
    JobState before = steps.find("bells").state();

    // When
    steps.claimed(steps.find("bells"));

    // Then
    assertThat(before).isEqualTo(JobState.ACTIVE);
    assertThat(steps.find("bells").state()).isEqualTo(JobState.COMPLETED);
    assertThat(ledger.runs("bells")).hasSize(2);
  }

  // Jobs that rest between their runs

  @Test
  void aRestingJobIsDueAgainSomeTimeAfterTheEndOfItsRun() {
    // Given
    TakenRun run = runOfARestingJob("bells");
    Job running = steps.find("bells");
    ports().pass(Duration.ofSeconds(7));

    // When
    steps.finish("a", run, succeeded(run));

    // Then
    assertThat(running.nextRunAt()).isEmpty();
    assertThat(steps.find("bells").nextRunAt()).contains(steps.now().plusSeconds(30));
  }

  @Test
  void aRestingJobWaitsForTheLastOfItsRuns() {
    // Given
    TakenRun run = runOfARestingJob("bells");
    ledger.accept(byHand(steps.find("bells"), "x"));
    TakenRun byHand = steps.take("a", "second").runs().get(0);

    // When
    steps.finish("a", run, succeeded(run));
    Optional<Instant> meanwhile = steps.find("bells").nextRunAt();
    steps.finish("a", byHand, succeeded(byHand));

    // Then
    assertThat(meanwhile).isEmpty();
    assertThat(steps.find("bells").nextRunAt()).contains(steps.now().plusSeconds(30));
  }

  @Test
  void aRestingJobThatIsResumedWhileARunLivesStillWaitsForItsEnd() {
    // Given
    runOfARestingJob("bells");
    Job paused = done(ports().jobs().setState(steps.pause(steps.find("bells"), Optional.empty())));

    // When
    Job resumed = done(ports().jobs().setState(steps.resume(paused, steps.now().plusSeconds(1))));

    // Then
    assertThat(resumed.nextRunAt()).isEmpty();
    assertThat(ports().jobs().due(Instant.EPOCH, steps.now().plusSeconds(100), 10)).isEmpty();
  }

  @Test
  void aPausedJobDoesNotBeginToRest() {
    // Given
    TakenRun run = runOfARestingJob("bells");
    ports().jobs().setState(steps.pause(steps.find("bells"), Optional.empty()));

    // When
    steps.finish("a", run, succeeded(run));

    // Then
    assertThat(steps.find("bells").nextRunAt()).isEmpty();
    assertThat(ports().jobs().due(Instant.EPOCH, steps.now().plusSeconds(100), 10)).isEmpty();
  }

  @Test
  void aRestThatReachesTheEndOfTheJobCompletesIt() {
    // Given
    Instant end = steps.now().plusSeconds(30);
    TakenRun run = runOfARestingJob("bells", end);

    // When
    steps.finish("a", run, succeeded(run));

    // Then
    assertThat(steps.find("bells").state()).isEqualTo(JobState.COMPLETED);
    assertThat(steps.lastEvent().type()).isEqualTo("job.completed");
  }

  private TakenRun runOfARestingJob(String id) {
    return runOfARestingJob(id, steps.now().plus(Duration.ofDays(1)));
  }

  private TakenRun runOfARestingJob(String id, Instant end) {
    Job job = steps.dueJob(id, aJob().restingBetweenRuns("PT30S").endingAt(end));
    steps.claim(steps.lead(), claimOf(job, Kind.FIRE, Upcoming.WAITING));
    return steps.take("a", "token-" + id).runs().get(0);
  }

  // Takes

  @Test
  void aTakenRunIsTheTakersAlone() {
    // Given
    RunId id = steps.readyRun("bells");

    // When
    List<TakenRun> first = steps.take("a", "one").runs();
    List<TakenRun> second = steps.take("b", "two").runs();

    // Then
    assertThat(first).extracting(TakenRun::id).containsExactly(id);
    assertThat(second).isEmpty();
    TakenRun run = first.get(0);
    assertThat(run.attempt()).isEqualTo(1);
    assertThat(run.at()).isEqualTo(steps.now());
    assertThat(run.firstAttemptAt()).isEqualTo(run.at());
    assertThat(ledger.find(id).orElseThrow().state()).isEqualTo(RunState.RUNNING);
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 0, 0, 0));
    assertThat(steps.lastEvent().type()).isEqualTo("run.started");
  }

  @Test
  void aTakeRepeatedUnderItsTokenAnswersWhatIsStillOwned() {
    // Given
    steps.readyRun("one");
    steps.readyRun("two");
    List<TakenRun> first = steps.take("a", "token").runs();
    steps.finish("a", first.get(0), succeeded(first.get(0)));
    steps.readyRun("three");

    // When
    List<TakenRun> again = steps.take("a", "token").runs();

    // Then
    assertThat(first).hasSize(2);
    assertThat(again).containsExactly(first.get(1));
  }

  @Test
  void aRepeatedTakeCountsNoAttemptAndTellsNothing() {
    // Given
    steps.readyRun("bells");
    TakenRun first = steps.take("a", "token").runs().get(0);
    List<String> told = steps.eventTypes();

    // When
    TakenRun again = steps.take("a", "token").runs().get(0);

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(steps.eventTypes()).isEqualTo(told);
    assertThat(steps.find("bells").counters().started()).isEqualTo(1);
  }

  @Test
  void aTakeRepeatedAfterItsRunsWereReofferedDoesNotGetThem() {
    // Given
    TakenRun lost = steps.takenRun("bells", "a");
    letItsDeadlinePass();
    ledger.reap("b", 100);

    // When
    List<TakenRun> again = steps.take("a", lost.token()).runs();

    // Then
    assertThat(again).isEmpty();
    assertThat(steps.take("b", "other").runs()).extracting(TakenRun::id).containsExactly(lost.id());
  }

  @Test
  void theSameTokenOfAnotherReplicaIsAnotherTake() {
    // Given
    steps.readyRun("bells");
    steps.take("a", "token");

    // When
    Taken other = steps.take("b", "token");

    // Then
    assertThat(other.runs()).isEmpty();
  }

  @Test
  void noMoreIsTakenThanAskedForAndTheLongestReadyFirst() {
    // Given
    RunId first = steps.readyRun("z-first");
    ports().pass(Duration.ofMillis(1));
    RunId second = steps.readyRun("a-second");
    ports().pass(Duration.ofMillis(1));
    steps.readyRun("b-third");

    // When
    Taken taken = await(ledger.take(new Take("a", "token", 2)));

    // Then
    assertThat(taken.runs()).extracting(TakenRun::id).containsExactly(first, second);
    assertThat(taken.untilNext()).contains(Duration.ZERO);
  }

  @Test
  void aTakeTellsWhenTheNextRunIsReady() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    steps.finish("a", run, retry(run, Duration.ofSeconds(5)));
    ports().pass(Duration.ofSeconds(2));

    // When
    Taken tooSoon = steps.take("a", "next");

    // Then
    assertThat(tooSoon.runs()).isEmpty();
    assertThat(tooSoon.untilNext()).contains(Duration.ofSeconds(3));
  }

  @Test
  void aTakeOfNothingKnowsOfNoNext() {
    assertThat(steps.take("a", "token")).isEqualTo(new Taken(List.of(), Optional.empty()));
  }

  @Test
  void anAttemptUsesTheDefinitionAsItStandsWhenItBegins() {
    // Given
    Job job = steps.dueJob("bells", aJob().to("http://127.0.0.1:1/old"));
    steps.claimed(job);
    ports()
        .jobs()
        .put(steps.replacement(steps.find("bells"), aJob().to("http://127.0.0.1:1/new").build()));

    // When
    TakenRun run = steps.take("a", "token").runs().get(0);

    // Then
    assertThat(run.definition().target().url()).hasPath("/new");
  }

  @Test
  void aRunByHandOfAPausedJobIsTaken() {
    // Given
    Job paused =
        done(ports().jobs().setState(steps.pause(steps.dueJob("bells"), Optional.empty())));
    ledger.accept(byHand(paused, "x"));

    // When
    List<TakenRun> taken = steps.take("a", "token").runs();

    // Then
    assertThat(taken).extracting(TakenRun::trigger).containsExactly(Trigger.MANUAL);
  }

  // Finishes

  @Test
  void aFinishedRunIsHistoryAndCounted() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    ports().pass(Duration.ofMillis(12));

    // When
    FinishResult result = steps.finish("a", run, succeeded(run));

    // Then
    assertThat(result).isEqualTo(FinishResult.RECORDED);
    Run ended = ledger.find(run.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(ended.finishedAt()).contains(steps.now());
    assertThat(ended.startedAt()).contains(run.at());
    assertThat(ended.attempts()).containsExactly(((Outcome.Ended) succeeded(run)).attempt());
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(steps.find("bells").lastRun()).contains(ended);
    assertThat(ledger.load().active()).isZero();
    LifecycleEvent told = steps.lastEvent();
    assertThat(told.type()).isEqualTo("run.succeeded");
    assertThat(told.run()).contains(ended);
  }

  @Test
  void aFailedRunKeepsItsReason() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    steps.finish("a", run, failed(run));

    // Then
    Run ended = ledger.find(run.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.reason()).contains("http-500");
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 0, 1, 0));
  }

  @Test
  void aRepeatedFinishIsStaleAndCountsOnce() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    steps.finish("a", run, succeeded(run));

    // When
    FinishResult again = steps.finish("a", run, succeeded(run));

    // Then
    assertThat(again).isEqualTo(FinishResult.STALE);
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(ledger.runs("bells")).hasSize(1);
  }

  @Test
  void aFinishWithAnotherTokenOrReplicaIsStale() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    Finish foreign = new Finish(run.id(), "another-token", succeeded(run));

    // When
    FinishResult byToken = await(ledger.finish("a", List.of(foreign))).get(0);
    FinishResult byReplica = steps.finish("b", run, succeeded(run));

    // Then
    assertThat(byToken).isEqualTo(FinishResult.STALE);
    assertThat(byReplica).isEqualTo(FinishResult.STALE);
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aFinishOfARunReofferedMeanwhileIsStale() {
    // Given
    TakenRun slow = steps.takenRun("bells", "a");
    letItsDeadlinePass();
    ledger.reap("b", 100);
    TakenRun again = steps.take("b", "other").runs().get(0);

    // When
    FinishResult late = steps.finish("a", slow, failed(slow));
    FinishResult real = steps.finish("b", again, succeeded(again));

    // Then
    assertThat(late).isEqualTo(FinishResult.STALE);
    assertThat(real).isEqualTo(FinishResult.RECORDED);
    assertThat(ledger.find(slow.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void eachFinishOfABatchIsAnsweredByItselfAndTheFirstOfTwoHolds() {
    // Given
    TakenRun one = steps.takenRun("one", "a");
    TakenRun two = steps.takenRun("two", "a");

    // When
    List<FinishResult> results =
        await(
            ledger.finish(
                "a",
                List.of(
                    new Finish(two.id(), "wrong", failed(two)),
                    new Finish(one.id(), one.token(), succeeded(one)),
                    new Finish(one.id(), one.token(), failed(one)),
                    new Finish(two.id(), two.token(), succeeded(two)))));

    // Then
    assertThat(results.get(0)).isEqualTo(FinishResult.STALE);
    assertThat(results.get(1)).isEqualTo(FinishResult.RECORDED);
    assertThat(results.get(3)).isEqualTo(FinishResult.RECORDED);
    assertThat(ledger.find(one.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(steps.find("one").counters()).isEqualTo(new Counters(1, 1, 0, 0));
  }

  @Test
  void aRetriedRunComesBackUnderItsNameAfterTheDelay() {
    // Given
    TakenRun first = steps.takenRun("bells", "a");
    Instant next = steps.now().plusSeconds(5);

    // When
    steps.finish("a", first, retry(first, Duration.ofSeconds(5)));

    // Then
    Run waiting = ledger.find(first.id()).orElseThrow();
    assertThat(waiting.state()).isEqualTo(RunState.RETRYING);
    assertThat(waiting.attempts())
        .extracting(Attempt::nextAttemptAt)
        .containsExactly(Optional.of(next));
    assertThat(steps.lastEvent().type()).isEqualTo("run.retrying");
    assertThat(steps.lastEvent().run().orElseThrow().reason()).contains("timeout");
    ports().pass(Duration.ofSeconds(5));
    TakenRun second = steps.take("b", "later").runs().get(0);
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.firstAttemptAt()).isEqualTo(first.at());
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 0, 0, 0));
  }

  @Test
  void theHistoryOfARunKeepsAllItsAttempts() {
    // Given
    TakenRun first = steps.takenRun("bells", "a");
    steps.finish("a", first, retry(first, Duration.ofSeconds(5)));
    ports().pass(Duration.ofSeconds(5));
    TakenRun second = steps.take("b", "later").runs().get(0);

    // When
    steps.finish("b", second, succeeded(second));

    // Then
    Run ended = ledger.find(first.id()).orElseThrow();
    assertThat(ended.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(steps.lastEvent().run().orElseThrow().attempts())
        .extracting(Attempt::number)
        .containsExactly(2);
  }

  @Test
  void whatIsHandedBackCanBeTakenAtOnceAndCountsNoAttempt() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    steps.finish("a", run, new Outcome.HandedBack());

    // Then
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.READY);
    TakenRun again = steps.take("b", "other").runs().get(0);
    assertThat(again.id()).isEqualTo(run.id());
    assertThat(again.attempt()).isEqualTo(1);
  }

  @Test
  void aRunWhoseJobWasReplacedMeanwhileStillEndsInItsHistory() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    ports().jobs().put(steps.replacement(steps.find("bells"), aJob().named("new").build()));

    // When
    FinishResult result = steps.finish("a", run, succeeded(run));

    // Then
    assertThat(result).isEqualTo(FinishResult.RECORDED);
    assertThat(ledger.runs("bells")).extracting(Run::state).containsExactly(RunState.SUCCEEDED);
  }

  @Test
  void theHistoryForgetsTheOldestOfTooMany() {
    // Given
    Job job = steps.dueJob("bells");
    for (int i = 0; i < 51; i++) {
      ports().pass(Duration.ofSeconds(1));
      ledger.accept(byHand(job, "x" + i));
    }
    List<TakenRun> taken = steps.take("a", "token").runs();

    // When
    taken.forEach(run -> steps.finish("a", run, succeeded(run)));

    // Then
    assertThat(ledger.runs("bells")).hasSize(50);
    assertThat(ledger.find(taken.get(0).id())).isEmpty();
    assertThat(ledger.find(taken.get(1).id())).isPresent();
  }

  // Runs by hand

  @Test
  void aRunByHandCarriesItsPayloadThroughItsRetries() {
    // Given
    Job job = steps.dueJob("bells");
    RunId id = byHand(job, "x").id();
    ledger.accept(new ByHand(id, steps.now(), Optional.of("{\"ding\":\"dong\"}")));
    TakenRun first = steps.take("a", "one").runs().get(0);
    steps.finish("a", first, retry(first, Duration.ZERO));

    // When
    TakenRun second = steps.take("a", "two").runs().get(0);

    // Then
    assertThat(first.payload()).contains("{\"ding\":\"dong\"}");
    assertThat(second.payload()).isEqualTo(first.payload());
    assertThat(second.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(steps.find("bells").nextRunAt()).isEqualTo(job.nextRunAt());
  }

  @Test
  void aRunByHandAskedForTwiceIsOneRun() {
    // Given
    ByHand byHand = byHand(steps.dueJob("bells"), "x");
    Acceptance first = ledger.accept(byHand);

    // When
    Acceptance second = ledger.accept(byHand);

    // Then
    assertThat(second).isEqualTo(first).isInstanceOf(Acceptance.Accepted.class);
    assertThat(steps.take("a", "token").runs()).hasSize(1);
  }

  @Test
  void aRunByHandAskedForAgainAfterItsEndIsNotRunAgain() {
    // Given
    ByHand byHand = byHand(steps.dueJob("bells"), "x");
    ledger.accept(byHand);
    TakenRun run = steps.take("a", "token").runs().get(0);
    steps.finish("a", run, succeeded(run));

    // When
    Acceptance again = ledger.accept(byHand);

    // Then
    assertThat(((Acceptance.Accepted) again).run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(steps.take("a", "later").runs()).isEmpty();
    assertThat(ledger.load().active()).isZero();
  }

  @Test
  void aRunByHandOfAnEarlierIncarnationIsRefused() {
    // Given
    Job first = steps.dueJob("bells");
    ports().jobs().delete("bells", first.revision());
    ports().pass(Duration.ofMillis(1));
    steps.dueJob("bells");

    // When
    Acceptance answer = ledger.accept(byHand(first, "x"));

    // Then
    assertThat(answer).isEqualTo(new Acceptance.Absent());
    assertThat(ledger.runs("bells")).isEmpty();
  }

  private ByHand byHand(Job job, String drawn) {
    RunId id = RunId.byHand(job.id(), job.incarnation(), steps.now(), drawn);
    return new ByHand(id, steps.now(), Optional.empty());
  }

  // Crashes

  @Test
  void aRunIsNotReofferedBeforeItsDeadline() {
    // Given
    steps.readyRun("bells", aJob().within("PT15S").guardedWithin("PT5S"));
    TakenRun run = steps.take("a", "token").runs().get(0);
    Duration deadline = RunLedger.LOCAL_QUEUEING.plusSeconds(15 + 5 + 2);
    ports().pass(deadline.minusMillis(1));

    // When
    Reaped before = ledger.reap("b", 100);
    ports().pass(Duration.ofMillis(1));
    Reaped at = ledger.reap("b", 100);

    // Then
    assertThat(before).isEqualTo(new Reaped(0, 0));
    assertThat(at).isEqualTo(new Reaped(1, 0));
    assertThat(steps.take("b", "other").runs())
        .extracting(TakenRun::id, TakenRun::attempt, TakenRun::crashes)
        .containsExactly(org.assertj.core.api.Assertions.tuple(run.id(), 2, 1));
  }

  @Test
  void aRunOfADeadReplicaIsReofferedBeforeItsDeadline() {
    // Given
    ports().scheduler().alive(new Replica("a", "1.0", steps.now()));
    TakenRun run = steps.takenRun("bells", "a");
    ports().pass(Duration.ofSeconds(6));

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(1, 0));
    assertThat(steps.take("b", "other").runs()).extracting(TakenRun::id).containsExactly(run.id());
  }

  @Test
  void aRunOfALivingReplicaIsLeftToIt() {
    // Given
    Replica replica = new Replica("a", "1.0", steps.now());
    ports().scheduler().alive(replica);
    steps.takenRun("bells", "a");
    ports().pass(Duration.ofSeconds(6));
    ports().scheduler().alive(replica);

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(0, 0));
  }

  /** Its heartbeat may be late, but it is plainly there. */
  @Test
  void nobodyReapsWhatIsItsOwn() {
    // Given
    ports().scheduler().alive(new Replica("a", "1.0", steps.now()));
    steps.takenRun("bells", "a");
    ports().pass(Duration.ofSeconds(6));

    // When
    Reaped reaped = ledger.reap("a", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(0, 0));
  }

  @Test
  void aRunThatCrashedFiveTimesFails() {
    // Given
    RunId id = steps.readyRun("bells", aJob().trying(100));
    for (int crash = 1; crash <= 4; crash++) {
      steps.take("a", "token-" + crash);
      letItsDeadlinePass();
      ledger.reap("b", 100);
    }
    TakenRun fifth = steps.take("a", "token-5").runs().get(0);
    letItsDeadlinePass();

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(fifth.attempt()).isEqualTo(5);
    assertThat(fifth.crashes()).isEqualTo(4);
    assertThat(reaped).isEqualTo(new Reaped(0, 1));
    Run failed = ledger.find(id).orElseThrow();
    assertThat(failed.state()).isEqualTo(RunState.FAILED);
    assertThat(failed.reason()).contains("crashed");
    assertThat(failed.attempts()).hasSize(5);
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 0, 1, 0));
    assertThat(steps.lastEvent().type()).isEqualTo("run.failed");
    assertThat(ledger.load().active()).isZero();
  }

  @Test
  void aCrashedAttemptIsOnRecord() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    letItsDeadlinePass();

    // When
    ledger.reap("b", 100);

    // Then
    Attempt crashed = ledger.find(run.id()).orElseThrow().attempts().get(0);
    assertThat(crashed.number()).isEqualTo(1);
    assertThat(crashed.at()).isEqualTo(run.at());
    assertThat(crashed.error()).contains("crashed");
  }

  @Test
  void noMoreIsReapedAtATimeThanAskedFor() {
    // Given
    steps.takenRun("one", "a");
    steps.takenRun("two", "a");
    steps.takenRun("three", "a");
    letItsDeadlinePass();

    // When
    Reaped first = ledger.reap("b", 2);
    Reaped second = ledger.reap("b", 2);

    // Then
    assertThat(first).isEqualTo(new Reaped(2, 0));
    assertThat(second).isEqualTo(new Reaped(1, 0));
  }

  private void letItsDeadlinePass() {
    ports().pass(Duration.ofSeconds(30));
  }

  // Views

  @Test
  void runsComeNewestScheduledTimeFirstActiveOnesIncluded() {
    // Given
    TakenRun old = steps.takenRun("bells", "a");
    steps.finish("a", old, succeeded(old));
    ports().pass(Duration.ofSeconds(10));
    RunId newer = steps.claimed(steps.find("bells"));

    // When
    List<Run> runs = ledger.runs("bells");

    // Then
    assertThat(runs).extracting(Run::id).containsExactly(newer, old.id());
    assertThat(runs).extracting(Run::state).containsExactly(RunState.READY, RunState.SUCCEEDED);
  }

  @Test
  void aRunningAttemptIsShownWithoutItsEnd() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    Run shown = ledger.find(run.id()).orElseThrow();

    // Then
    assertThat(shown.attempts()).containsExactly(Attempt.begun(1, run.at()));
    assertThat(shown.finishedAt()).isEmpty();
  }

  @Test
  void anUnknownRunIsNotFound() {
    assertThat(ledger.find(new RunId("nobody", "mi8z3kq0", "1"))).isEmpty();
    assertThat(ledger.runs("nobody")).isEmpty();
  }
}
