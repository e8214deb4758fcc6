package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Audit.Violation;
import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.twin.Damage;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Attempt;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.Job;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger finds in itself, when it is damaged behind its back and when it is not. */
public abstract class AuditContract {

  private static final ConcurrencyPolicy ONE = new ConcurrencyPolicy(1, OnLimit.QUEUE, 10);
  private static final ConcurrencyPolicy TWO = new ConcurrencyPolicy(2, OnLimit.QUEUE, 10);

  private LedgerSteps steps;
  private Damage damage;

  protected abstract Ports ports();

  protected abstract Damage damage();

  @BeforeEach
  void begin() {
    steps = new LedgerSteps(ports());
    damage = damage();
  }

  // What is lawful

  @Test
  void anEmptyLedgerIsSound() {
    assertSound();
  }

  @Test
  void runsInEveryStateAreSound() {
    // Given
    limitAll(TWO);
    awaitingRun("bells");
    steps.takenRun("gongs", "a");
    Job chimes = steps.dueJob("chimes", aJob().limitedTo(ONE));

    // When
    accepted(chimes, "x");
    accepted(chimes, "y");
    accepted(steps.dueJob("clocks"), "x");

    // Then
    assertSound();
    assertThat(ports().runs().load()).isEqualTo(new RunLedger.Load(2, 3));
  }

  @Test
  void aLimitThatWasLoweredWhileRunsWereUnderWayIsSound() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(TWO));
    accepted(job, "x");
    accepted(job, "y");
    accepted(job, "z");

    // When
    ports().jobs().put(steps.replacement(steps.find("bells"), aJob().limitedTo(ONE).build()));
    limitAll(ONE);

    // Then
    assertSound();
  }

  @Test
  void aJobThatIsNotDueWhileItsRunLivesIsSound() {
    // Given
    steps.lead();
    Job job = steps.dueJob("bells", aJob().restingBetweenRuns("PT20S"));

    // When
    steps.claim(epoch(), LedgerSteps.claimOf(job, Claim.Kind.FIRE, Upcoming.WAITING));

    // Then
    assertThat(ports().jobs().overdue(steps.now().plusSeconds(100))).isZero();
    assertSound();
  }

  @Test
  void aJobThatOnlyEventsStartIsSound() {
    // When
    steps.job("bells", aJob().onEvent("job.*").build(), Optional.empty());

    // Then
    assertSound();
  }

  // What is not

  @Test
  void aReadyRunThatNobodyCanTakeIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    damage.offer(run, Optional.empty());

    // Then
    assertFound(run, "missing:ready");
  }

  @Test
  void aRunningRunThatCanBeTakenAgainIsFound() {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    damage.offer(run, Optional.of(steps.now()));

    // Then
    assertFound(run, "stray:ready");
  }

  @Test
  void aRunningRunThatNobodyHasIsFound() {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    damage.give(run, Optional.empty());

    // Then
    assertFound(run, "missing:inflight", "missing:owner");
  }

  @Test
  void aReadyRunThatSomebodyHasIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    damage.give(run, Optional.of("a"));

    // Then
    assertFound(run, "stray:inflight", "stray:owner");
  }

  @Test
  void aRunThatAwaitsItsReportForEverIsFound() {
    // Given
    RunId run = awaitingRun("bells");

    // When
    damage.await(run, Optional.empty());

    // Then
    assertFound(run, "missing:awaiting");
  }

  @Test
  void aReadyRunWhoseReportIsAwaitedIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    damage.await(run, Optional.of(steps.now()));

    // Then
    assertFound(run, "stray:awaiting");
  }

  @Test
  void anEndedRunAmongTheActiveOnesIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    damage.setState(run, RunState.SUCCEEDED);

    // Then
    assertFound(run, "state");
  }

  @Test
  void aReadyRunWithoutSlotsIsFound() {
    // Given
    limitAll(ONE);
    Job job = steps.dueJob("bells", aJob().limitedTo(ONE));
    RunId run = accepted(job, "x");

    // When
    damage.placeAtJob(run);

    // Then
    assertViolations(
        violation(run, "missing:holding"),
        violation(run, "stray:wait-of-job"),
        new Violation("bells", "stuck"));
  }

  @Test
  void aReadyRunThatWaitsForASlotOfTheSchedulerIsFound() {
    // Given
    limitAll(ONE);
    accepted(steps.dueJob("gongs"), "x");
    limitAll(TWO);
    RunId run = accepted(steps.dueJob("bells"), "x");
    damage.limitScheduler(1);

    // When
    damage.placeAtScheduler(run);

    // Then
    assertFound(run, "missing:holding", "stray:wait");
  }

  @Test
  void aQueuedRunThatHoldsSlotsIsFound() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(ONE));
    accepted(job, "x");
    RunId run = accepted(job, "y");
    damage.setLimit("bells", 2);

    // When
    damage.placeInSlot(run);

    // Then
    assertFound(run, "stray:holding", "missing:wait-of-job");
  }

  @Test
  void aSecondPlaceOfAJobInTheQueueOfTheSchedulerIsFound() {
    // Given
    limitAll(ONE);
    accepted(steps.dueJob("gongs"), "x");
    Job job = steps.dueJob("bells");
    accepted(job, "x");
    RunId second = accepted(job, "y");

    // When
    damage.placeAtScheduler(second);

    // Then
    assertFound(second, "place");
  }

  @Test
  void moreRunsOfAJobThanItsLimitAreFound() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(TWO));
    accepted(job, "x");
    accepted(job, "y");

    // When
    damage.setLimit("bells", 1);

    // Then
    assertViolations(new Violation("bells", "over-limit"));
  }

  @Test
  void moreRunsThanTheLimitOfTheSchedulerAreFound() {
    // Given
    limitAll(TWO);
    accepted(steps.dueJob("bells"), "x");
    accepted(steps.dueJob("gongs"), "x");

    // When
    damage.limitScheduler(1);

    // Then
    assertViolations(new Violation("scheduler", "over-limit"));
  }

  @Test
  void aRunThatWaitsAtItsJobForNothingIsFound() {
    // Given
    Job job = steps.dueJob("bells", aJob().limitedTo(ONE));
    accepted(job, "x");
    accepted(job, "y");

    // When
    damage.setLimit("bells", 2);

    // Then
    assertViolations(new Violation("bells", "stuck"));
  }

  @Test
  void aRunThatWaitsAtTheSchedulerForNothingIsFound() {
    // Given
    limitAll(ONE);
    accepted(steps.dueJob("bells"), "x");
    accepted(steps.dueJob("gongs"), "x");

    // When
    damage.limitScheduler(2);

    // Then
    assertViolations(new Violation("scheduler", "stuck"));
  }

  @Test
  void anActiveJobThatIsNeverDueAgainIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    damage.setDue("bells", Optional.empty());

    // Then
    assertViolations(new Violation("bells", "missing:due"));
  }

  @Test
  void aJobThatRestsForEverIsFound() {
    // Given
    steps.lead();
    Job job = steps.dueJob("bells", aJob().restingBetweenRuns("PT20S"));
    steps.claim(epoch(), LedgerSteps.claimOf(job, Claim.Kind.FIRE, Upcoming.WAITING));
    TakenRun run = steps.take("a", "one").runs().get(0);
    steps.finish("a", run, LedgerSteps.succeeded(run));

    // When
    damage.setDue("bells", Optional.empty());

    // Then
    assertViolations(new Violation("bells", "missing:due"));
  }

  @Test
  void aPauseThatNeverEndsAlthoughItShallIsFound() {
    // Given
    Job job = steps.dueJob("bells");
    ports().jobs().setState(steps.pause(job, Optional.of(steps.now().plusSeconds(60))));
    assertSound();

    // When
    damage.setDue("bells", Optional.empty());

    // Then
    assertViolations(new Violation("bells", "missing:due"));
  }

  @Test
  void aPausedJobThatIsDueIsFound() {
    // Given
    Job job = steps.dueJob("bells");
    done(ports().jobs().setState(steps.pause(job, Optional.empty())));
    assertSound();

    // When
    damage.setDue("bells", Optional.of(steps.now()));

    // Then
    assertViolations(new Violation("bells", "stray:due"));
  }

  @Test
  void aRunOfNoJobIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    damage.forgetJob("bells");

    // Then
    assertFound(run, "unknown:job");
  }

  private void assertSound() {
    assertThat(steps.violations()).isEmpty();
  }

  private void assertFound(RunId run, String... rules) {
    assertViolations(
        Arrays.stream(rules).map(rule -> violation(run, rule)).toArray(Violation[]::new));
  }

  private void assertViolations(Violation... expected) {
    assertThat(steps.violations()).containsExactlyInAnyOrder(expected);
  }

  private static Violation violation(RunId run, String rule) {
    return new Violation(run.toString(), rule);
  }

  private void limitAll(ConcurrencyPolicy policy) {
    ports().scheduler().change(new Change(Optional.empty(), Optional.of(Optional.of(policy))));
  }

  private long epoch() {
    return ports().lease().holder().orElseThrow().epoch();
  }

  private RunId accepted(Job job, String drawn) {
    RunId id = RunId.byHand(job.id(), job.incarnation(), steps.now(), drawn);
    ByHand run = new ByHand(id, steps.now(), Optional.empty());
    return ((Acceptance.Accepted) ports().runs().accept(run)).run().id();
  }

  private RunId awaitingRun(String job) {
    steps.readyRun(job, aJob().reported());
    TakenRun run = steps.take("a", "token-" + job).runs().get(0);
    Attempt attempt =
        new Attempt(
            1,
            run.at(),
            Optional.of(Duration.ofMillis(12)),
            Optional.of(202),
            Optional.empty(),
            Optional.empty());
    steps.finish("a", run, new Outcome.Awaiting(Duration.ofHours(1), attempt));
    return run.id();
  }
}
