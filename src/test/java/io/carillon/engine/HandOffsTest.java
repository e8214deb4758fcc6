package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.RunLedger.Reaped;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The leader as a whole, its loops taken step by step: what it claims, and what it delivers. */
class HandOffsTest {

  private static final Instant START = SettableClock.START;
  private static final int ROOM = 4;

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger store = new InMemoryLedger(clock);
  private final LedgerSteps steps = new LedgerSteps(store);
  private final UnsteadyLedger ledger = new UnsteadyLedger(store.runs());
  private final Jobs jobs = new Jobs(store.jobs(), clock, new Random(1));
  private final RecordedMeters meters = new RecordedMeters();
  private final HoldingCourier courier = new HoldingCourier();
  private Deliveries deliveries = deliveriesBy(courier);
  private TimingEngine timing = timing();

  @Test
  void aloneTheLeaderDeliversItselfAllThatItHasRoomFor() {
    // Given
    alive("leader");
    due("a", "b", "c", "d", "e");

    // When
    claimAll();

    // Then
    assertThat(courier.delivered()).hasSize(ROOM).extracting(TakenRun::attempt).containsOnly(1);
    assertThat(deliveries.underWay()).isEqualTo(ROOM);
    assertThat(states()).containsOnlyOnce(RunState.READY);
    assertThat(meters.told()).filteredOn("started PT0S"::equals).hasSize(ROOM);
  }

  @Test
  void whatWasHandedOffIsRecordedAndMakesRoom() {
    // Given
    alive("leader");
    due("a", "b", "c", "d", "e");
    claimAll();
    RunId first = courier.delivered().get(0).id();

    // When
    courier.answers(first, 200);
    passAndDeliver();

    // Then
    assertThat(store.runs().find(first).map(Run::state)).contains(RunState.SUCCEEDED);
    passAndDeliver();
    assertThat(courier.delivered()).hasSize(ROOM + 1);
    assertThat(deliveries.underWay()).isEqualTo(ROOM);
  }

  @Test
  void whatAClaimUnderWayMayBringIsNoRoomForWhatIsReady() {
    // Given
    alive("leader");
    due("a", "b", "c");
    ledger.holdsAnswers();
    claimAll();
    for (String id : List.of("d", "e", "f")) {
      steps.readyRun(id);
    }
    deliveries.runsReady();

    // When
    passAndDeliver();
    ledger.givesAnswers();

    // Then
    assertThat(deliveries.underWay()).isEqualTo(ROOM);
    assertThat(states()).filteredOn(RunState.READY::equals).hasSize(2);
  }

  @Test
  void amongOthersItHandsItselfItsShare() {
    // Given
    alive("leader", "b", "c");
    due("a", "b", "c", "d", "e", "f");

    // When
    claimAll();

    // Then
    assertThat(courier.delivered()).hasSize(2);
    assertThat(states()).filteredOn(RunState.READY::equals).hasSize(4);
  }

  /** A run of which the heartbeat has not yet said who could deliver it. */
  @Test
  void whileNobodyIsKnownToBeAliveAllIsForEverybody() {
    // Given
    due("a", "b");

    // When
    claimAll();

    // Then
    assertThat(states()).containsOnly(RunState.READY);
  }

  @Test
  void whatAClaimHandedOffWhoseAnswerWasLostIsDeliveredAtOnce() {
    // Given
    alive("leader");
    due("a", "b");
    ledger.losesAnswers(2);
    claimAll();
    assertThat(courier.delivered()).isEmpty();

    // When
    passAndDeliver();
    passAndDeliver();

    // Then
    assertThat(courier.delivered()).hasSize(2).extracting(TakenRun::attempt).containsOnly(1);
    assertThat(deliveries.underWay()).isEqualTo(2);
  }

  /** The control of the test above. */
  @Test
  void withoutAskingForItItWouldWaitForItsDeadline() {
    // Given
    alive("leader");
    due("a");
    ledger.losesAnswers(1);
    ledger.forgetsOwners();
    claimAll();

    // When
    passAndDeliver();
    passAndDeliver();

    // Then
    assertThat(courier.delivered()).isEmpty();
    assertThat(states()).containsOnly(RunState.RUNNING);
    assertThat(store.runs().reap("leader", 100)).isEqualTo(new Reaped(0, 0));
  }

  @Test
  void aClaimThatDidNotArriveIsMadeAgainAndHandedOffOnce() {
    // Given
    alive("leader");
    due("a");
    ledger.losesQuestions(1);
    claimAll();
    passAndDeliver();

    // When
    claimAll();

    // Then
    assertThat(courier.delivered()).extracting(TakenRun::attempt).containsExactly(1);
  }

  /** Each of them would be a token to ask about, once the store is back. */
  @Test
  void whileOneOutcomeIsUnknownNothingMoreIsHandedOff() {
    // Given
    alive("leader");
    due("a");
    ledger.losesAnswers(1);
    claimAll();
    due("b");

    // When
    claimAll();

    // Then
    assertThat(state("a")).isEqualTo(RunState.RUNNING);
    assertThat(state("b")).isEqualTo(RunState.READY);
  }

  @Test
  void ofAFullStoreItIsNotAskedWhatAClaimHandedOff() {
    // Given
    alive("leader");
    due("a", "b");
    store.fillUp();
    claimAll();
    SteppedLoop.of(deliveries).step();
    int asked = ledger.questions();

    // When
    store.makeRoom();
    clock.advance(Duration.ofSeconds(1));
    claimAll();

    // Then
    assertThat(asked).as("a claim and a wish").isEqualTo(2);
    assertThat(courier.delivered()).hasSize(2);
  }

  @Test
  void whatABatchHandedOffThatWasRefusedAsAWholeIsDelivered() {
    // Given
    alive("leader");
    due("good");
    ledger.refusesAfterwards();

    // When
    claimAll();
    passAndDeliver();

    // Then
    assertThat(courier.delivered()).extracting(run -> run.id().jobId()).containsExactly("good");
  }

  /** A leader that was frozen between its claim and the answer. */
  @Test
  void whatWasHandedOffTooLongAgoIsHandedBackInsteadOfSent() {
    // Given
    alive("leader");
    due("a");
    ledger.holdsAnswers();
    claimAll();
    clock.advance(RunLedger.LOCAL_QUEUEING.plusMillis(1));

    // When
    ledger.givesAnswers();
    assertThat(courier.delivered()).isEmpty();
    passAndDeliver();

    // Then
    assertThat(steps.eventTypes()).filteredOn("run.started"::equals).hasSize(2);
    assertThat(courier.delivered()).extracting(TakenRun::attempt).containsExactly(1);
  }

  @Test
  void onceItDrainsNothingIsHandedOff() {
    // Given
    alive("leader");
    due("a");
    deliveries.drain(Duration.ZERO);

    // When
    claimAll();

    // Then
    assertThat(state("a")).isEqualTo(RunState.READY);
  }

  /** It would be nobody's until its deadline. */
  @Test
  void drainingWaitsForWhatAClaimUnderWayMayBring() {
    // Given
    alive("leader");
    due("a");
    ledger.holdsAnswers();
    claimAll();
    timing.close();
    deliveries.start();
    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(() -> deliveries.drain(Duration.ofMillis(1)));

    // When
    ledger.givesAnswers();

    // Then
    Eventually.eventually()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(1));
              return drained.isDone();
            });
    deliveries.close();
    assertThat(state("a")).isEqualTo(RunState.READY);
    assertThat(deliveries.underWay()).isZero();
  }

  @Test
  void whoeverIsSlowToDeliverHoldsNoClaimUp() {
    // Given
    CountDownLatch delivering = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    deliveries = deliveriesBy(new SlowCourier(delivering, released));
    timing = timing();
    alive("leader");
    due("a");
    ledger.holdsAnswers();
    claimAll();
    CompletableFuture<Void> answering = CompletableFuture.runAsync(ledger::givesAnswers);
    Eventually.eventually().until(() -> delivering.getCount() == 0);
    clock.advance(Duration.ofSeconds(10));

    // When
    claimAll();

    // Then
    assertThat(answering).isNotDone();
    assertThat(steps.find("a").lastOccurrence()).contains(START.plusSeconds(10));
    released.countDown();
    Eventually.eventually().until(answering::isDone);
  }

  /** Its first delivery takes as long as the test likes. */
  private record SlowCourier(CountDownLatch delivering, CountDownLatch released)
      implements Courier {
    @Override
    public CompletionStage<Reply> deliver(TakenRun run) {
      if (delivering.getCount() > 0) {
        delivering.countDown();
        try {
          released.await();
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
      return new CompletableFuture<>();
    }

    @Override
    public void cancel(RunId run) {}
  }

  private Deliveries deliveriesBy(Courier by) {
    return new Deliveries(
        "leader", ledger, by, ROOM, clock, clock::nanoTime, new Random(1), meters);
  }

  private TimingEngine timing() {
    Election election =
        new Election(
            "leader",
            store.lease(),
            Duration.ofMinutes(1),
            new SettableClock()::nanoTime,
            new Random(1),
            meters);
    TimingEngine engine =
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
    election.step();
    return engine;
  }

  private void alive(String... replicas) {
    Stream.of(replicas)
        .forEach(replica -> store.scheduler().alive(new Replica(replica, "1.0", START)));
  }

  private void due(String... ids) {
    for (String id : ids) {
      jobs.put(id, aJob().every("PT10S").startingAt(clock.instant()).build(), Precondition.NONE);
    }
  }

  /** A look, the claim of all that is due, and what its answer says. */
  private void claimAll() {
    timing.settingsChanged();
    for (int round = 0; round < 3; round++) {
      SteppedLoop.of(timing).forEach(SteppedLoop::step);
    }
  }

  /** After what is waited after a failure, and until outcomes are recorded. */
  private void passAndDeliver() {
    clock.advance(Duration.ofMillis(200));
    SteppedLoop.of(deliveries).step();
    SteppedLoop.of(deliveries).step();
  }

  private List<RunState> states() {
    return store.jobs().load(List.of("a", "b", "c", "d", "e", "f")).stream()
        .filter(timed -> timed.job().state() == JobState.ACTIVE)
        .map(timed -> state(timed.job().id()))
        .toList();
  }

  private RunState state(String job) {
    return store.runs().runs(job).get(0).state();
  }
}
