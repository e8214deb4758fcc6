package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.failed;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Load;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger of runs keeps to where there are limits, and of what it pauses for. */
public abstract class RunLimitContract {

  /** How many runs one call lets go on, of all jobs together. */
  private static final int MOST_MOVES = 1_000;

  private RunLedger ledger;
  private LedgerSteps steps;
  private int taken;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    ledger = ports().runs();
    steps = new LedgerSteps(ports());
  }

  @Test
  void anOccurrenceThatFindsNoSlotOfItsJobIsRecordedAsSkipped() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(one(OnLimit.SKIP)));
    steps.claimed(job);
    ports().pass(Duration.ofSeconds(10));

    // When
    ClaimResult result = steps.claim(epoch(), claimOf(steps.find("bells")));

    // Then
    assertThat(result).isEqualTo(new ClaimResult.Refused("overlap"));
    assertThat(ledger.runs("bells").get(0).reason()).contains("overlap");
    assertThat(ledger.runs("bells").get(0).missed()).isEqualTo(1);
    assertThat(steps.find("bells").accepted()).isEqualTo(1);
    assertThat(steps.find("bells").nextRunAt()).contains(steps.now().plusSeconds(10));
  }

  @Test
  void skipsForOneReasonFoldIntoTheLatest() {
    // Given
    steps.claimed(steps.dueJob("bells", aJob().limitedTo(one(OnLimit.SKIP))));

    // When
    for (int i = 0; i < 3; i++) {
      ports().pass(Duration.ofSeconds(10));
      steps.claim(epoch(), claimOf(steps.find("bells")));
    }

    // Then
    assertThat(ledger.runs("bells")).extracting(Run::missed).containsExactly(3, 0);
    assertThat(ledger.runs("bells").get(0).scheduledAt()).isEqualTo(steps.now());
    assertThat(steps.find("bells").counters().skipped()).isEqualTo(3);
  }

  @Test
  void aRunThatWaitsIsReadyWhenTheOneBeforeItHasEnded() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(one(OnLimit.QUEUE)));
    RunId first = accepted(job, "x");
    RunId second = accepted(job, "y");
    TakenRun taken = steps.take("a", "one").runs().get(0);
    Load before = ledger.load();

    // When
    steps.finish("a", taken, succeeded(taken));

    // Then
    assertThat(taken.id()).isEqualTo(first);
    assertThat(before).isEqualTo(new Load(1, 1));
    assertThat(steps.take("a", "two").runs()).extracting(TakenRun::id).containsExactly(second);
  }

  @Test
  void aRunByHandThatFindsTheQueueFullLeavesNothing() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(new ConcurrencyPolicy(1, OnLimit.QUEUE, 0)));
    accepted(job, "x");

    // When
    Acceptance answer = ledger.accept(byHand(job, "y"));

    // Then
    assertThat(answer).isEqualTo(new Acceptance.Refused("queue-full"));
    assertThat(ledger.runs("bells")).hasSize(1);
  }

  @Test
  void aJobHasOnePlaceInTheQueueOfTheScheduler() {
    // Given
    limitAll(new ConcurrencyPolicy(1, OnLimit.QUEUE, 2));
    accepted(steps.dueJob("gongs"), "x");
    Job bells = steps.dueJob("bells");
    RunId first = accepted(bells, "x");
    accepted(bells, "y");
    RunId other = accepted(steps.dueJob("chimes"), "x");

    // When
    List<RunId> order = List.of(takeAndEnd(), takeAndEnd(), takeAndEnd());

    // Then
    assertThat(order.subList(1, 3)).containsExactly(first, other);
  }

  @Test
  void aJobRestsAlsoAfterARunThatWaitedInVain() {
    // Given
    steps.lead();
    limitAll(new ConcurrencyPolicy(2, OnLimit.SKIP, 0));
    Job job =
        steps.dueJob("bells", aJob().restingBetweenRuns("PT20S").limitedTo(one(OnLimit.QUEUE)));
    steps.claim(epoch(), claimOf(job, Claim.Kind.FIRE, Upcoming.WAITING));
    TakenRun taken = steps.take("a", "one").runs().get(0);
    accepted(job, "x");
    accepted(steps.dueJob("gongs"), "x");
    limitAll(new ConcurrencyPolicy(1, OnLimit.SKIP, 0));

    // When
    steps.finish("a", taken, succeeded(taken));

    // Then
    assertThat(ledger.runs("bells")).extracting(Run::state).contains(RunState.SKIPPED);
    assertThat(steps.find("bells").nextRunAt()).contains(steps.now().plusSeconds(20));
  }

  @Test
  void anOccurrenceThatWaitedInVainIsNotCounted() {
    // Given
    steps.lead();
    Job job = steps.dueJob("bells", aJob().atMost(1).limitedTo(one(OnLimit.QUEUE)));
    accepted(job, "x");
    TakenRun taken = steps.take("a", "one").runs().get(0);
    steps.claim(epoch(), claimOf(job));
    assertThat(steps.find("bells").state()).isEqualTo(JobState.COMPLETED);
    accepted(steps.dueJob("gongs"), "x");
    limitAll(new ConcurrencyPolicy(1, OnLimit.SKIP, 0));

    // When
    steps.finish("a", taken, succeeded(taken));

    // Then
    assertThat(ledger.runs("bells")).extracting(Run::state).contains(RunState.SKIPPED);
    assertThat(steps.find("bells").state()).isEqualTo(JobState.ACTIVE);
    assertThat(steps.find("bells").accepted()).isZero();
    assertThat(steps.find("bells").counters().skipped()).isEqualTo(1);
  }

  @Test
  void aLimitedRunOfADeadReplicaKeepsItsSlotUntilItsDeadline() {
    // Given
    Job job = steps.dueJob("bells", aJob().within("PT60S").limitedTo(one(OnLimit.SKIP)));
    accepted(job, "x");
    ports().scheduler().alive(new Replica("a", "1", SettableClock.START));
    steps.take("a", "one");
    ports().pass(Duration.ofSeconds(10));

    // When
    int early = ledger.reap("b", 100).offeredAgain();
    ports().pass(Duration.ofSeconds(70));
    int late = ledger.reap("b", 100).offeredAgain();

    // Then
    assertThat(early).isZero();
    assertThat(late).isEqualTo(1);
  }

  /** More than one call lets go on, and a job that the same call comes to when it can no more. */
  @Test
  void whatIsTooMuchForOneCallGoesOnWithTheNextReaping() {
    // Given
    Job many = steps.dueJob("many", aJob().limitedTo(queued(1)));
    Job few = steps.dueJob("few", aJob().limitedTo(queued(1)));
    int left = 3;
    for (int i = 0; i <= MOST_MOVES + left; i++) {
      accepted(many, "x" + i);
    }
    accepted(few, "x");
    accepted(few, "y");

    // When
    ports()
        .jobs()
        .putAll(
            List.of(
                steps.replacement(many, aJob().build()),
                steps.replacement(few, aJob().limitedTo(queued(2)).build())));
    Load after = ledger.load();
    List<Audit.Violation> meanwhile = steps.violations();
    ledger.reap("b", 100);

    // Then
    assertThat(after).isEqualTo(new Load(1 + MOST_MOVES + 1, left + 1));
    assertThat(meanwhile).isEmpty();
    assertThat(ledger.load()).isEqualTo(new Load(1 + MOST_MOVES + left + 2, 0));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void whatIsTooMuchForOneCallAlsoGoesOnThatWaitsForTheScheduler() {
    // Given
    limitAll(queued(1));
    int left = 3;
    for (int i = 0; i <= MOST_MOVES + left; i++) {
      accepted(steps.dueJob("bells-" + i), "x");
    }

    // When
    ports().scheduler().change(new Change(Optional.empty(), Optional.of(Optional.empty())));
    Load after = ledger.load();
    List<Audit.Violation> meanwhile = steps.violations();
    ledger.reap("b", 100);

    // Then
    assertThat(after).isEqualTo(new Load(1 + MOST_MOVES, left));
    assertThat(meanwhile).isEmpty();
    assertThat(ledger.load()).isEqualTo(new Load(1 + MOST_MOVES + left, 0));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void tooManyFailuresInARowPauseTheJob() {
    // Given
    Job job = steps.dueJob("bells", aJob().pausedAfter(2));

    // When
    for (String drawn : List.of("x", "y")) {
      accepted(job, drawn);
      TakenRun run = steps.take("a", drawn).runs().get(0);
      steps.finish("a", run, failed(run));
    }

    // Then
    assertThat(steps.find("bells").state()).isEqualTo(JobState.PAUSED);
    assertThat(steps.find("bells").pause().orElseThrow().reason())
        .contains("2 failed runs in a row");
    assertThat(steps.find("bells").pending())
        .as("held back until it is resumed")
        .isEqualTo(job.nextRunAt());
  }

  private RunId takeAndEnd() {
    TakenRun run = steps.take("a", "token" + taken++).runs().get(0);
    steps.finish("a", run, succeeded(run));
    return run.id();
  }

  private void limitAll(ConcurrencyPolicy policy) {
    ports().scheduler().change(new Change(Optional.empty(), Optional.of(Optional.of(policy))));
  }

  private static ConcurrencyPolicy one(OnLimit onLimit) {
    return new ConcurrencyPolicy(1, onLimit, 10);
  }

  private static ConcurrencyPolicy queued(int limit) {
    return new ConcurrencyPolicy(limit, OnLimit.QUEUE, 2 * MOST_MOVES);
  }

  private long epoch() {
    return ports().lease().holder().orElseThrow().epoch();
  }

  private RunId accepted(Job job, String drawn) {
    return ((Acceptance.Accepted) ledger.accept(byHand(job, drawn))).run().id();
  }

  private ByHand byHand(Job job, String drawn) {
    RunId id = RunId.byHand(job.id(), job.incarnation(), steps.now(), drawn);
    return new ByHand(id, steps.now(), Optional.empty());
  }
}
