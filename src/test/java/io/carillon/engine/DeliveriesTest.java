package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.Eventually;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Counters;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveriesTest {

  private static final int ROOM = 3;
  private static final Duration PATIENCE = Eventually.BOUND;

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger store = new InMemoryLedger(clock);
  private final LedgerSteps steps = new LedgerSteps(store);
  private final UnsteadyLedger ledger = new UnsteadyLedger(store.runs());
  private final HoldingCourier courier = new HoldingCourier();
  private final RecordedMeters meters = new RecordedMeters();
  private Deliveries deliveries;

  @AfterEach
  void end() {
    ledger.givesAnswers();
    deliveries.close();
  }

  @Test
  void whatIsReadyIsDeliveredAndRecorded() {
    // Given
    RunId run = steps.readyRun("bells");
    start();

    // When
    answerOnceDelivered(run, 200);

    // Then
    eventually().until(() -> state(run) == RunState.SUCCEEDED);
    assertThat(deliveries.underWay()).isZero();
    assertThat(meters.told())
        .containsExactly("started PT0S", "attempted 2xx", "ended succeeded schedule");
  }

  @Test
  void whatBecomesReadyIsDelivered() {
    // Given
    start();

    // When
    RunId run = steps.readyRun("bells");

    // Then
    answerOnceDelivered(run, 200);
    eventually().until(() -> state(run) == RunState.SUCCEEDED);
  }

  @Test
  void aFailedAttemptIsDeliveredAgainAfterItsDelay() {
    // Given
    RunId run = steps.readyRun("bells", aJob().trying(2));
    start();
    answerOnceDelivered(run, 500);
    eventually().until(() -> state(run) == RunState.RETRYING);

    // When
    clock.advance(Duration.ofSeconds(5));

    // Then
    eventually().until(() -> courier.delivered().size() == 2);
    answerOnceDelivered(run, 200);
    eventually().until(() -> state(run) == RunState.SUCCEEDED);
    assertThat(courier.delivered()).extracting(TakenRun::attempt).containsExactly(1, 2);
    assertThat(meters.told()).filteredOn(told -> told.startsWith("started")).hasSize(1);
  }

  @Test
  void noMoreAreUnderWayThanThereIsRoomFor() {
    // Given
    for (int i = 0; i < 2 * ROOM; i++) {
      steps.readyRun("job-" + i);
    }
    start();
    eventually().until(() -> courier.delivered().size() == ROOM);
    RunId first = courier.delivered().get(0).id();

    // When
    courier.answers(first, 200);

    // Then
    eventually().until(() -> courier.delivered().size() == ROOM + 1);
    assertThat(deliveries.underWay()).isEqualTo(ROOM);
  }

  @Test
  void aTakeWhoseAnswerWasLostStrandsNoRun() {
    // Given
    ledger.losesAnswers(2);
    RunId one = steps.readyRun("one");
    RunId two = steps.readyRun("two");

    // When
    start();

    // Then
    eventually().until(() -> courier.delivered().size() == 2);
    assertThat(courier.delivered()).extracting(TakenRun::id).containsExactlyInAnyOrder(one, two);
    assertThat(courier.delivered()).extracting(TakenRun::attempt).containsOnly(1);
  }

  @Test
  void aTakeThatDidNotArriveIsAskedAgain() {
    // Given
    ledger.losesQuestions(2);
    RunId run = steps.readyRun("bells");

    // When
    start();

    // Then
    answerOnceDelivered(run, 200);
    eventually().until(() -> state(run) == RunState.SUCCEEDED);
  }

  @Test
  void anOutcomeThatDidNotArriveIsRecordedLater() {
    // Given
    RunId run = steps.readyRun("bells");
    start();
    eventually().until(() -> courier.delivered().size() == 1);
    ledger.losesQuestions(3);

    // When
    courier.answers(run, 200);

    // Then
    eventually().until(() -> state(run) == RunState.SUCCEEDED);
    eventually().until(() -> deliveries.underWay() == 0);
  }

  @Test
  void anOutcomeWhoseAnswerWasLostIsRecordedOnce() {
    // Given
    RunId run = steps.readyRun("bells");
    start();
    eventually().until(() -> courier.delivered().size() == 1);
    ledger.losesAnswers(3);

    // When
    courier.answers(run, 200);

    // Then
    eventually().until(() -> deliveries.underWay() == 0);
    assertThat(steps.find("bells").counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(store.runs().runs("bells")).hasSize(1);
  }

  /** A replica that was frozen between its take and its send. */
  @Test
  void whatWaitedTooLongInsideIsHandedBackInsteadOfSent() {
    // Given
    RunId run = steps.readyRun("bells");
    ledger.holdsAnswers();
    start(clock::nanoTime);
    eventually().until(() -> state(run) == RunState.RUNNING);
    clock.advance(RunLedger.LOCAL_QUEUEING.plusMillis(1));

    // When
    ledger.givesAnswers();

    // Then
    eventually()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(1));
              return courier.delivered().size() == 1;
            });
    assertThat(steps.eventTypes()).filteredOn("run.started"::equals).hasSize(2);
    assertThat(courier.delivered()).extracting(TakenRun::attempt).containsExactly(1);
  }

  @Test
  void aRunTakenFromASlowReplicaIsNoLongerItsOwn() {
    // Given
    RunId run = steps.readyRun("bells");
    start();
    eventually().until(() -> courier.delivered().size() == 1);
    deliveries.drain(Duration.ZERO);
    TakenRun again = steps.take("b", "token").runs().get(0);
    int asked = ledger.questions();

    // When
    courier.answers(run, 500);

    // Then
    eventually().until(() -> ledger.questions() > asked);
    assertThat(state(run)).isEqualTo(RunState.RUNNING);
    assertThat(again.id()).isEqualTo(run);
  }

  @Test
  void aCourierThatBreaksHoldsNobodyElseUp() {
    // Given
    RunId broken = steps.readyRun("a-broken");
    RunId good = steps.readyRun("good");
    Courier breaks =
        new Courier() {
          @Override
          public CompletionStage<Reply> deliver(TakenRun run) {
            if (run.id().equals(broken)) {
              throw new IllegalStateException("as the test wants it");
            }
            return courier.deliver(run);
          }

          @Override
          public void cancel(RunId run) {
            courier.cancel(run);
          }
        };

    // When
    start(System::nanoTime, breaks);

    // Then
    answerOnceDelivered(good, 200);
    eventually().until(() -> state(good) == RunState.SUCCEEDED);
    eventually().until(() -> state(broken) == RunState.RETRYING);
  }

  // Ending

  @Test
  void whatIsUnderWayMayEndWhileDraining() {
    // Given
    RunId run = steps.readyRun("bells");
    start();
    eventually().until(() -> courier.delivered().size() == 1);
    CompletableFuture<Void> drained = drain(PATIENCE);

    // When
    courier.answers(run, 200);

    // Then
    eventually().until(drained::isDone);
    assertThat(state(run)).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  void whatDoesNotEndInTimeIsHandedBack() {
    // Given
    RunId run = steps.readyRun("bells");
    start();
    eventually().until(() -> courier.delivered().size() == 1);

    // When
    deliveries.drain(Duration.ofMillis(1));

    // Then
    assertThat(state(run)).isEqualTo(RunState.READY);
    assertThat(deliveries.underWay()).isZero();
  }

  @Test
  void nothingIsTakenAnyMoreOnceDrained() {
    // Given
    start();
    deliveries.drain(Duration.ofMillis(1));
    int before = ledger.questions();

    // When
    RunId run = steps.readyRun("bells");
    deliveries.runsReady();

    // Then
    await()
        .during(Duration.ofMillis(700))
        .atMost(PATIENCE)
        .until(() -> ledger.questions() == before);
    assertThat(state(run)).isEqualTo(RunState.READY);
  }

  /** It would be nobody's until its deadline. */
  @Test
  void whatALastTakeBringsIsNotStranded() {
    // Given
    RunId run = steps.readyRun("bells");
    ledger.holdsAnswers();
    start(clock::nanoTime);
    eventually().until(() -> state(run) == RunState.RUNNING);
    CompletableFuture<Void> drained = drain(Duration.ofMillis(1));
    await().during(Duration.ofMillis(200)).until(() -> !drained.isDone());

    // When
    ledger.givesAnswers();

    // Then
    eventually()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(1));
              return drained.isDone();
            });
    assertThat(state(run)).isEqualTo(RunState.READY);
  }

  private void start() {
    start(System::nanoTime);
  }

  private void start(LongSupplier nanoTime) {
    start(nanoTime, courier);
  }

  private void start(LongSupplier nanoTime, Courier by) {
    deliveries = new Deliveries("a", ledger, by, ROOM, clock, nanoTime, new Random(1), meters);
    store.hints().subscribe(new ReadyRuns(deliveries));
    deliveries.start();
  }

  private record ReadyRuns(Deliveries deliveries) implements Hints.Listener {
    @Override
    public void runsReady() {
      deliveries.runsReady();
    }
  }

  private CompletableFuture<Void> drain(Duration patience) {
    return CompletableFuture.runAsync(() -> deliveries.drain(patience));
  }

  private void answerOnceDelivered(RunId run, int status) {
    eventually().until(() -> courier.delivered().stream().anyMatch(one -> one.id().equals(run)));
    courier.answers(run, status);
  }

  private RunState state(RunId run) {
    return store.runs().find(run).map(Run::state).orElseThrow();
  }

  private static ConditionFactory eventually() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2));
  }
}
