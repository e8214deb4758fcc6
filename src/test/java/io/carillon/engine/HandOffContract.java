package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.at;
import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Claim.Kind;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.ClaimResult.HandedOff;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Reaped;
import io.carillon.engine.RunLedger.Reception;
import io.carillon.engine.RunLedger.Report;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Attempt;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Counters;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger of runs keeps to when a claim hands runs to its author. */
public abstract class HandOffContract {

  private static final HandOff TO_A = new HandOff("a", "token", 2);

  private RunLedger ledger;
  private LedgerSteps steps;
  private long epoch;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    ledger = ports().runs();
    steps = new LedgerSteps(ports());
    epoch = steps.lead();
  }

  @Test
  void aRunThatIsHandedOffIsAsIfItHadBeenTakenAtOnce() {
    // Given
    Job job = steps.dueJob("bells");

    // When
    ClaimResult result = steps.claim(epoch, claimOf(job), TO_A);

    // Then
    RunId id = RunId.ofOccurrence("bells", job.incarnation(), steps.now());
    assertThat(result).isEqualTo(new HandedOff(id, steps.now(), Optional.empty()));
    Run run = ledger.find(id).orElseThrow();
    assertThat(run.state()).isEqualTo(RunState.RUNNING);
    assertThat(run.startedAt()).contains(steps.now());
    assertThat(run.attempts()).containsExactly(Attempt.begun(1, steps.now()));
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 0, 0, 0));
    assertThat(steps.find("bells").accepted()).isEqualTo(1);
    assertThat(steps.find("bells").lastOccurrence()).contains(steps.now());
    assertThat(ledger.load().active()).isEqualTo(1);
    assertThat(steps.take("b", "other").runs()).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void itIsToldAsARunThatWasTaken() {
    // Given
    steps.readyRun("gongs");
    steps.take("a", "taken");
    LifecycleEvent taken = steps.lastEvent();
    int before = steps.events().size();
    Job job = steps.dueJob("bells");

    // When
    steps.claim(epoch, claimOf(job), TO_A);

    // Then
    assertThat(steps.events().subList(before, before + 2))
        .extracting(LifecycleEvent::type)
        .containsExactly("job.created", "run.started");
    assertThat(steps.events()).hasSize(before + 2);
    LifecycleEvent handedOff = steps.lastEvent();
    assertThat(handedOff.details()).isEqualTo(taken.details());
    assertThat(handedOff.run().orElseThrow().attempts())
        .isEqualTo(taken.run().orElseThrow().attempts());
  }

  @Test
  void itsOutcomeIsRecordedUnderTheTokenOfTheHandOff() {
    // Given
    TakenRun run = handedOff("bells", aJob());
    ports().pass(Duration.ofMillis(12));

    // When
    FinishResult byAnother = steps.finish("b", run, succeeded(run));
    FinishResult result = steps.finish("a", run, succeeded(run));

    // Then
    assertThat(byAnother).isEqualTo(FinishResult.STALE);
    assertThat(result).isEqualTo(FinishResult.RECORDED);
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void theFirstAreHandedOffAsManyAsThereIsRoomFor() {
    // When
    List<ClaimResult> results = claim(TO_A, "one", "two", "three");

    // Then
    assertThat(results)
        .extracting(Object::getClass)
        .containsExactly(HandedOff.class, HandedOff.class, ClaimResult.Claimed.class);
    assertThat(steps.take("b", "other").runs())
        .extracting(run -> run.id().jobId(), TakenRun::attempt)
        .containsExactly(tuple("three", 1));
  }

  @Test
  void whatIsNotAcceptedTakesNoRoom() {
    // Given
    Claim stale = claimOf(steps.dueJob("gone"));
    ports().jobs().delete("gone", 1);
    Claim passed = claimOf(steps.dueJob("passed"), Kind.PASS, at(steps.now().plusSeconds(10)));
    Claim good = claimOf(steps.dueJob("good"));

    // When
    List<ClaimResult> results =
        await(ledger.claim(epoch, List.of(stale, passed, good), new HandOff("a", "token", 1)));

    // Then
    assertThat(results)
        .extracting(Object::getClass)
        .containsExactly(ClaimResult.Stale.class, ClaimResult.Claimed.class, HandedOff.class);
  }

  @Test
  void whatALimitQueuesIsNotHandedOff() {
    // Given
    RunId first = handedOff("bells", aJob().limitedTo(one(OnLimit.QUEUE))).id();
    ports().pass(Duration.ofSeconds(10));

    // When
    ClaimResult second = steps.claim(epoch, claimOf(steps.find("bells")), TO_A);

    // Then
    assertThat(second).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(ledger.runs("bells"))
        .extracting(Run::state)
        .containsExactly(RunState.QUEUED, RunState.RUNNING);
    ledger.cancel(first);
    assertThat(steps.take("b", "other").runs()).extracting(TakenRun::attempt).containsExactly(1);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void whatTheLimitOverAllRefusesIsNotHandedOff() {
    // Given
    ports()
        .scheduler()
        .change(new Change(Optional.empty(), Optional.of(Optional.of(one(OnLimit.SKIP)))));

    // When
    List<ClaimResult> results = claim(TO_A, "one", "two");

    // Then
    assertThat(results.get(0)).isInstanceOf(HandedOff.class);
    assertThat(results.get(1)).isEqualTo(new ClaimResult.Refused("limit"));
    assertThat(steps.find("two").counters()).isEqualTo(new Counters(0, 0, 0, 1));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void theLastOccurrenceStartsBeforeItsJobIsCompleted() {
    // Given
    Job job = steps.dueJob("bells", aJob().atMost(1));

    // When
    ClaimResult result = steps.claim(epoch, claimOf(job), TO_A);

    // Then
    assertThat(result).isInstanceOf(HandedOff.class);
    assertThat(steps.eventTypes()).endsWith("run.started", "job.completed");
  }

  @Test
  void aRepeatedClaimIsStaleAndHandsNothingOff() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));
    steps.claim(epoch, claim, TO_A);

    // When
    ClaimResult again = steps.claim(epoch, claim, TO_A);
    ClaimResult toAnother = steps.claim(epoch, claim, new HandOff("b", "other", 1));

    // Then
    assertThat(List.of(again, toAnother)).containsOnly(new ClaimResult.Stale());
    assertThat(steps.find("bells").counters().started()).isEqualTo(1);
    assertThat(await(ledger.owned("b", "other"))).isEmpty();
  }

  @Test
  void aFormerLeaderIsHandedNothing() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));

    // When
    ClaimResult result = steps.claim(epoch - 1, claim, TO_A);

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Fenced());
    assertThat(await(ledger.owned("a", "token"))).isEmpty();
  }

  // An unknown outcome

  @Test
  void whatIsOwnedUnderATokenIsAnsweredAsIfItHadBeenTaken() {
    // Given
    steps.takenRun("gongs", "a");
    Job job = steps.dueJob("bells", aJob().reported());
    Claim claim = claimOf(job, Kind.CATCH_UP, at(steps.now().plusSeconds(10)));
    HandedOff known = (HandedOff) steps.claim(epoch, claim, TO_A);

    // When
    List<TakenRun> owned = await(ledger.owned("a", "token"));

    // Then
    assertThat(owned)
        .containsExactly(
            new TakenRun(
                known.run(),
                "token",
                Trigger.CATCH_UP,
                claim.occurrence(),
                1,
                0,
                known.at(),
                known.at(),
                job.definition(),
                Optional.empty(),
                known.reportToken()));
    assertThat(known.reportToken()).isPresent();
    assertThat(await(ledger.owned("b", "token"))).isEmpty();
  }

  @Test
  void whatHasEndedIsOwnedNoMore() {
    // Given
    TakenRun run = handedOff("bells", aJob());
    steps.finish("a", run, succeeded(run));

    // When
    List<TakenRun> owned = await(ledger.owned("a", "token"));

    // Then
    assertThat(owned).isEmpty();
  }

  /**
   * Its author has given it up and asked what it has; what it were handed now, nobody delivered.
   */
  @Test
  void aClaimThatArrivesAfterItsAuthorHasAskedHandsNothingOff() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));
    await(ledger.owned("a", "token"));

    // When
    ClaimResult late = steps.claim(epoch, claim, TO_A);

    // Then
    assertThat(late).isInstanceOf(ClaimResult.Claimed.class);
    assertThat(steps.take("b", "other").runs()).hasSize(1);
  }

  @Test
  void askingClosesNoOtherHandOff() {
    // Given
    Claim claim = claimOf(steps.dueJob("bells"));
    await(ledger.owned("a", "earlier"));
    await(ledger.owned("b", "token"));

    // When
    ClaimResult result = steps.claim(epoch, claim, TO_A);

    // Then
    assertThat(result).isInstanceOf(HandedOff.class);
  }

  // Crashes

  @Test
  void itIsOfferedAgainAtItsDeadline() {
    // Given
    TakenRun run = handedOff("bells", aJob().within("PT15S").guardedWithin("PT5S"));
    ports().pass(RunLedger.LOCAL_QUEUEING.plusSeconds(15 + 5 + 2).minusMillis(1));

    // When
    Reaped before = ledger.reap("b", 100);
    ports().pass(Duration.ofMillis(1));
    Reaped at = ledger.reap("b", 100);

    // Then
    assertThat(before).isEqualTo(new Reaped(0, 0));
    assertThat(at).isEqualTo(new Reaped(1, 0));
    assertThat(steps.take("b", "other").runs())
        .extracting(TakenRun::id, TakenRun::attempt, TakenRun::crashes)
        .containsExactly(tuple(run.id(), 2, 1));
  }

  @Test
  void itIsOfferedAgainAtOnceWhenItsOwnerIsSilent() {
    // Given
    ports().scheduler().alive(new Replica("a", "1.0", steps.now()));
    TakenRun run = handedOff("bells", aJob());
    ports().pass(Duration.ofSeconds(6));

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(1, 0));
    assertThat(steps.take("b", "other").runs()).extracting(TakenRun::id).containsExactly(run.id());
  }

  /** The receiver may still be at work. */
  @Test
  void whereThereIsALimitTheDeadlineDecidesAlsoWhenItsOwnerIsSilent() {
    // Given
    ports().scheduler().alive(new Replica("a", "1.0", steps.now()));
    handedOff("bells", aJob().limitedTo(one(OnLimit.QUEUE)));
    ports().pass(Duration.ofSeconds(6));

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(0, 0));
  }

  // Others who end it

  @Test
  void itsReceiverReportsUnderTheTokenThatWasAnswered() {
    // Given
    TakenRun run = handedOff("bells", aJob().reported());

    // When
    Reception wrong = ledger.complete(report(run, Optional.of("wrong")));
    Reception right = ledger.complete(report(run, run.reportToken()));

    // Then
    assertThat(wrong).isEqualTo(Reception.FORBIDDEN);
    assertThat(right).isEqualTo(Reception.TAKEN);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void onceCancelledItIsNoLongerItsOwners() {
    // Given
    TakenRun run = handedOff("bells", aJob());

    // When
    ledger.cancel(run.id());

    // Then
    assertThat(steps.finish("a", run, succeeded(run))).isEqualTo(FinishResult.STALE);
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
  }

  private List<ClaimResult> claim(HandOff to, String... jobs) {
    List<Claim> claims = Stream.of(jobs).map(steps::dueJob).map(LedgerSteps::claimOf).toList();
    return await(ledger.claim(epoch, claims, to));
  }

  private TakenRun handedOff(String job, DefinitionBuilder definition) {
    Job due = steps.dueJob(job, definition);
    HandedOff run = (HandedOff) steps.claim(epoch, claimOf(due), TO_A);
    return new TakenRun(
        run.run(),
        TO_A.token(),
        Trigger.SCHEDULE,
        steps.now(),
        1,
        0,
        run.at(),
        run.at(),
        due.definition(),
        Optional.empty(),
        run.reportToken());
  }

  private static Report report(TakenRun run, Optional<String> token) {
    return new Report(run.id(), RunState.SUCCEEDED, Optional.empty(), token);
  }

  private static ConcurrencyPolicy one(OnLimit onLimit) {
    return new ConcurrencyPolicy(1, onLimit, 10);
  }
}
