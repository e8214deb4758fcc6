package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimingEngineTest {

  private static final Instant START = SettableClock.START;
  private static final Duration TTL = Duration.ofSeconds(60);
  private static final int ROOM = 3;

  private final SettableClock clock = new SettableClock();
  private final SettableClock storeClock = new SettableClock();
  private final InMemoryLedger store = new InMemoryLedger(storeClock);
  private final LedgerSteps steps = new LedgerSteps(store);
  private final UnsteadyLedger ledger = new UnsteadyLedger(store.runs());
  private final Jobs jobs = new Jobs(store.jobs(), clock, new Random(1));
  private final RecordedMeters meters = new RecordedMeters();

  /** Elected by a step of the test's; nobody renews, and its clock stands still. */
  private final Election election =
      new Election(
          "leader", store.lease(), TTL, new SettableClock()::nanoTime, new Random(1), meters);

  private final HoldingCourier courier = new HoldingCourier();
  private final Deliveries deliveries =
      new Deliveries(
          "leader", ledger, courier, ROOM, clock, clock::nanoTime, new Random(1), meters);

  private final TimingEngine engine =
      new TimingEngine(
          election,
          store.jobs(),
          store.scheduler(),
          ledger,
          deliveries,
          jobs,
          clock,
          new Random(1),
          meters);

  @AfterEach
  void end() {
    engine.close();
  }

  @Test
  void whatIsDueFires() {
    // Given
    put("bells", aJob().every("PT10S"));
    pass(Duration.ofSeconds(10));
    lead();

    // When
    engine.start();

    // Then
    awaitRuns("bells", START.plusSeconds(10));
    assertThat(steps.find("bells").nextRunAt()).contains(START.plusSeconds(20));
  }

  @Test
  void nothingFiresBeforeItsTime() {
    // Given
    put("early", aJob().once(START.plusMillis(1)));
    put("due", dueAtOnce());
    lead();

    // When
    engine.start();

    // Then
    awaitRuns("due", START);
    assertThat(runs("early")).isEmpty();
    pass(Duration.ofMillis(1));
    lookAgain();
    awaitRuns("early", START.plusMillis(1));
  }

  @Test
  void oneOccurrenceFollowsAnother() {
    // Given
    put("bells", aJob().every("PT10S"));
    lead();
    engine.start();

    for (int i = 1; i <= 3; i++) {
      // When
      pass(Duration.ofSeconds(10));
      lookAgain();

      // Then
      awaitRuns("bells", START.plusSeconds(10L * i));
    }
    assertThat(runs("bells")).hasSize(3);
  }

  @Test
  void aStandbyFiresNothingUntilItIsElected() {
    // Given
    put("bells", dueAtOnce());
    store.lease().acquire("other", TTL);
    election.step();
    stepAll();
    List<Run> before = runs("bells");

    // When
    storeClock.advance(TTL);
    lead();
    engine.start();

    // Then
    assertThat(before).isEmpty();
    awaitRuns("bells", START);
  }

  @Test
  void aJobWrittenToBeDueSoonFiresWithoutWaitingForALook() {
    // Given
    store.hints().subscribe(new WrittenJobs(engine));
    lead();
    engine.start();
    put("first", dueAtOnce());
    awaitRuns("first", START);

    // When
    put("second", dueAtOnce());

    // Then
    awaitRuns("second", START);
  }

  /** Hints may come late, twice, or of what has long been seen. */
  @Test
  void aHintThatIsRepeatedLosesNoJob() {
    // Given
    put("bells", aJob().once(START.plusSeconds(2)));
    put("due", dueAtOnce());
    lead();
    engine.start();
    awaitRuns("due", START);

    // When
    engine.jobWritten("bells", START.plusSeconds(2));
    put("marker", dueAtOnce());
    engine.jobWritten("marker", START);
    awaitRuns("marker", START);

    // Then
    pass(Duration.ofSeconds(2));
    lookAgain();
    awaitRuns("bells", START.plusSeconds(2));
  }

  @Test
  void aReplacedLeaderDoesNoHarmAndStepsDown() {
    // Given
    lead();
    storeClock.advance(TTL);
    store.lease().acquire("successor", TTL);
    put("bells", dueAtOnce());

    // When
    engine.start();

    // Then
    eventually().until(() -> election.leadership().isEmpty());
    assertThat(runs("bells")).isEmpty();
    assertThat(meters.told()).contains("fenced", "resigned");
  }

  @Test
  void aClaimWhoseAnswerWasLostMakesOneRun() {
    // Given
    put("bells", aJob().every("PT10S"));
    pass(Duration.ofSeconds(10));
    ledger.losesAnswers(1);
    lead();

    // When
    engine.start();

    // Then
    awaitRuns("bells", START.plusSeconds(10));
    pass(Duration.ofSeconds(10));
    eventually()
        .until(
            () -> {
              lookAgain();
              return runs("bells").size() == 2;
            });
    assertThat(runs("bells"))
        .extracting(Run::scheduledAt)
        .containsExactly(START.plusSeconds(20), START.plusSeconds(10));
  }

  @Test
  void aClaimThatDidNotArriveIsMadeAgain() {
    // Given
    put("bells", dueAtOnce());
    ledger.losesQuestions(1);
    lead();
    engine.start();
    eventually().until(() -> ledger.questions() == 1);

    // When
    pass(Duration.ofSeconds(1));
    lookAgain();

    // Then
    awaitRuns("bells", START);
  }

  @Test
  void aFullStoreIsAskedOnceASecondWhateverBecomesDueMeanwhile() {
    // Given
    put("bells", dueAtOnce());
    put("gongs", aJob().once(START.plusMillis(500)));
    store.fillUp();
    lead();
    stepAll();
    int atFirst = ledger.questions();

    // When
    pass(Duration.ofMillis(999));
    stepAll();
    int withinASecond = ledger.questions();
    pass(Duration.ofMillis(1));
    stepAll();

    // Then
    assertThat(atFirst).isEqualTo(1);
    assertThat(withinASecond).isEqualTo(1);
    assertThat(ledger.questions()).isEqualTo(2);
    assertThat(meters.told()).doesNotContain("quarantined");
  }

  @Test
  void anErrandThatAFullStoreRefusesKeepsNoJobFromBeingSeen() {
    // Given
    put("bells", dueAtOnce());
    lead();
    engine.lookout.run(
        () -> {
          throw StoreUnavailable.full("full", null);
        });

    // When
    SteppedLoop.of(engine).get(1).step();

    // Then
    SteppedLoop.of(engine).get(0).step();
    assertThat(ledger.questions()).isEqualTo(1);
  }

  @Test
  void whatWasDueWhileTheStoreWasFullFiresOnceThereIsRoom() {
    // Given
    put("bells", dueAtOnce());
    put("gongs", aJob().once(START.plusMillis(500)));
    store.fillUp();
    lead();
    stepAll();

    // When
    store.makeRoom();
    pass(Duration.ofSeconds(1));
    stepAll();

    // Then
    assertThat(runs("bells")).extracting(Run::scheduledAt).containsExactly(START);
    assertThat(runs("gongs")).extracting(Run::scheduledAt).containsExactly(START.plusMillis(500));
  }

  @Test
  void aJobThatCannotBeClaimedHoldsNoOtherUp() {
    // Given
    for (String id : List.of("a", "b", "poison", "x", "y")) {
      put(id, dueAtOnce());
    }
    ledger.refuses(claim -> claim.jobId().equals("poison"));
    lead();

    // When
    engine.start();

    // Then
    for (String id : List.of("a", "b", "x", "y")) {
      awaitRuns(id, START);
    }
    eventually().until(() -> meters.told().contains("quarantined"));
    assertThat(runs("poison")).isEmpty();
  }

  @Test
  void aJobInQuarantineIsTriedAgainLater() {
    // Given
    put("poison", dueAtOnce());
    ledger.refuses(claim -> claim.jobId().equals("poison"));
    lead();
    engine.start();
    eventually().until(() -> meters.told().contains("quarantined"));
    ledger.refuses(claim -> false);

    // When
    pass(Duration.ofMinutes(1));
    lookAgain();

    // Then
    eventually().until(() -> !runs("poison").isEmpty());
  }

  /** The leader's clock is ahead of the store's. */
  @Test
  void whatIsEarlyByTheStoresClockFiresWhenItIsDueThere() {
    // Given
    put("bells", aJob().once(START.plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    lead();
    engine.start();
    eventually().until(() -> ledger.questions() == 1);
    List<Run> early = runs("bells");

    // When
    pass(Duration.ofSeconds(1));
    lookAgain();

    // Then
    assertThat(early).isEmpty();
    awaitRuns("bells", START.plusSeconds(1));
  }

  @Test
  void whatWasPutOffByAClockThatWasAheadFiresOnceThatIsSetBack() {
    // Given
    put("bells", aJob().once(START.plusSeconds(5)));
    clock.advance(Duration.ofSeconds(10));
    lead();
    engine.start();
    eventually().until(() -> ledger.questions() == 1);

    // When
    clock.jumpTo(START);
    pass(Duration.ofSeconds(5));

    // Then
    awaitRuns("bells", START.plusSeconds(5));
  }

  /** Set back while nobody looked, by less than was waited, it would seem to have gone on. */
  @Test
  void theClockIsLookedAtAlsoWhileThereIsLongToWait() {
    // Given
    put("bells", aJob().once(START.plusSeconds(2)));
    lead();
    SteppedLoop timing = SteppedLoop.of(engine).get(0);
    SteppedLoop lookout = SteppedLoop.of(engine).get(1);
    timing.step();
    lookout.step();

    // When
    Duration wait = timing.step();

    // Then
    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aJobResumesAtTheEndOfItsPause() {
    // Given
    put("bells", aJob().every("PT10S"));
    Instant until = START.plusSeconds(35);
    jobs.pause("bells", Optional.empty(), Optional.of(until), Precondition.NONE);
    pass(Duration.ofSeconds(35));
    lead();

    // When
    engine.start();

    // Then
    eventually().until(() -> steps.find("bells").state() == JobState.ACTIVE);
    assertThat(steps.find("bells").nextRunAt()).contains(START.plusSeconds(40));
    assertThat(runs("bells")).isEmpty();
  }

  @Test
  void whatIsReplacedBeforeItsTimeFiresAsItStandsThen() {
    // Given
    put("bells", aJob().once(START.plusSeconds(2)));
    put("due", dueAtOnce());
    lead();
    engine.start();
    awaitRuns("due", START);

    // When
    put("bells", aJob().once(START.plusSeconds(1)));
    pass(Duration.ofSeconds(2));
    lookAgain();

    // Then
    awaitRuns("bells", START.plusSeconds(1));
    assertThat(runs("bells")).hasSize(1);
  }

  @Test
  void whatIsMissedIsCaughtUp() {
    // Given
    put("bells", aJob().every("PT10S"));
    pass(Duration.ofMinutes(10));
    lead();

    // When
    engine.start();

    // Then
    awaitRuns("bells", START.plusSeconds(600));
    assertThat(runs("bells"))
        .filteredOn(run -> run.trigger() == Trigger.CATCH_UP)
        .extracting(Run::scheduledAt)
        .containsExactly(START.plusSeconds(530));
    assertThat(runs("bells"))
        .filteredOn(run -> run.state() == RunState.SKIPPED)
        .extracting(Run::missed)
        .containsExactly(52);
    assertThat(runs("bells")).hasSize(9);
  }

  @Test
  void nothingFiresWhileTheSchedulerIsPaused() {
    // Given
    put("bells", aJob().every("PT10S"));
    store.scheduler().change(new Change(Optional.of(true), Optional.empty()));
    pass(Duration.ofSeconds(25));
    lead();
    stepAll();
    List<Run> meanwhile = runs("bells");

    // When
    store.scheduler().change(new Change(Optional.of(false), Optional.empty()));
    engine.settingsChanged();
    pass(Duration.ofSeconds(5));
    engine.start();

    // Then
    assertThat(meanwhile).isEmpty();
    awaitRuns("bells", START.plusSeconds(30));
    assertThat(runs("bells")).as("what fell into the pause is none").hasSize(1);
  }

  private record WrittenJobs(TimingEngine engine) implements Hints.Listener {
    @Override
    public void jobWritten(String jobId, Instant dueAt) {
      engine.jobWritten(jobId, dueAt);
    }

    @Override
    public void jobNotDue(String jobId) {
      engine.jobNotDue(jobId);
    }
  }

  private static DefinitionBuilder dueAtOnce() {
    return aJob().every("PT1H").startingAt(START);
  }

  private void lead() {
    election.step();
  }

  private void put(String id, DefinitionBuilder definition) {
    jobs.put(id, definition.build(), Precondition.NONE);
  }

  private void pass(Duration time) {
    clock.advance(time);
    storeClock.advance(time);
  }

  /** More often than it takes to read what is due, to read it from memory, and to claim it. */
  private void stepAll() {
    for (int round = 0; round < 3; round++) {
      SteppedLoop.of(engine).forEach(SteppedLoop::step);
    }
  }

  /** The loops wait by the real clock for what the test's clock says. */
  private void lookAgain() {
    engine.settingsChanged();
    engine.jobNotDue("nobody");
  }

  private List<Run> runs(String jobId) {
    return store.runs().runs(jobId);
  }

  /** Each second the engine looks around; here no second passes, so the test says when. */
  private void awaitRuns(String jobId, Instant scheduledAt) {
    eventually()
        .until(
            () -> {
              lookAgain();
              return runs(jobId).stream().anyMatch(run -> run.scheduledAt().equals(scheduledAt));
            });
  }

  private static ConditionFactory eventually() {
    return Eventually.eventually().pollInterval(Duration.ofMillis(2));
  }
}
