package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.failed;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.Reception;
import io.carillon.engine.RunLedger.Report;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Attempt;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger of runs keeps to when others than its deliverers end or revive runs. */
public abstract class RunReportContract {

  private RunLedger ledger;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    ledger = ports().runs();
    steps = new LedgerSteps(ports());
  }

  @Test
  void aReportWithTheRunsTokenEndsIt() {
    // Given
    TakenRun run = awaiting();

    // When
    Reception wrong = ledger.complete(report(run, Optional.of("wrong")));
    Reception right = ledger.complete(report(run, run.reportToken()));
    Reception again = ledger.complete(report(run, run.reportToken()));

    // Then
    assertThat(wrong).isEqualTo(Reception.FORBIDDEN);
    assertThat(right).isEqualTo(Reception.TAKEN);
    assertThat(again).isEqualTo(Reception.ENDED);
    assertThat(ledger.find(run.id()).orElseThrow().reason()).contains("done");
    assertThat(ledger.load().active()).isZero();
  }

  @Test
  void aReportThatNobodyWaitsForIsRefused() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    Reception reception = ledger.complete(report(run, Optional.empty()));

    // Then
    assertThat(reception).isEqualTo(Reception.UNEXPECTED);
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aRunThatIsNotReportedInTimeFails() {
    // Given
    TakenRun run = awaiting();
    ports().pass(Duration.ofSeconds(60));

    // When
    ledger.reap("a", 100);

    // Then
    Run ended = ledger.find(run.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo(RunState.FAILED);
    assertThat(ended.reason()).contains("completion-timeout");
    assertThat(ledger.failures(Optional.empty(), 10).runs()).containsExactly(ended);
  }

  @Test
  void aCancelledRunIsNoLongerItsDeliverers() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    boolean cancelled = ledger.cancel(run.id());

    // Then
    assertThat(cancelled).isTrue();
    assertThat(ledger.cancel(run.id())).isFalse();
    assertThat(steps.finish("a", run, failed(run))).isEqualTo(FinishResult.STALE);
    assertThat(ledger.find(run.id()).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void aRunThatIsRedeliveredSaysTheSameAgain() {
    // Given
    Job job = steps.dueJob("bells");
    RunId id = RunId.byHand("bells", job.incarnation(), steps.now(), "x");
    ledger.accept(new ByHand(id, steps.now(), Optional.of("{\"ding\":1}")));
    Acceptance tooEarly = ledger.redeliver(id);
    TakenRun first = steps.take("a", "one").runs().get(0);
    steps.finish("a", first, failed(first));

    // When
    Acceptance answer = ledger.redeliver(id);

    // Then
    TakenRun second = steps.take("a", "two").runs().get(0);
    assertThat(tooEarly).isEqualTo(new Acceptance.StillActive());
    assertThat(answer).isInstanceOf(Acceptance.Accepted.class);
    assertThat(second.payload()).contains("{\"ding\":1}");
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(steps.find("bells").counters().failed()).isZero();
    assertThat(ledger.runs("bells")).hasSize(1);
  }

  @Test
  void aRunThatItsGuardHeldBackIsNotCounted() {
    // Given
    steps.readyRun("bells", aJob().atMost(1));
    TakenRun run = steps.take("a", "one").runs().get(0);

    // When
    steps.finish("a", run, ended(run, RunState.SKIPPED, "guard"));

    // Then
    Job job = steps.find("bells");
    assertThat(job.state()).isEqualTo(JobState.ACTIVE);
    assertThat(job.accepted()).isZero();
    assertThat(job.counters().started()).isZero();
    assertThat(job.counters().skipped()).isEqualTo(1);
    assertThat(ports().jobs().overdue(steps.now().plusMillis(1))).isEqualTo(1);
  }

  @Test
  void aJobThatHasHadMoreThanItIsToHaveGetsNoneForARunThatWasHeldBack() {
    // Given
    steps.claimed(steps.dueJob("bells", aJob().atMost(2)));
    ports().pass(Duration.ofSeconds(10));
    steps.claimed(steps.find("bells"));
    TakenRun run = steps.take("a", "one").runs().get(0);
    ports().jobs().put(steps.replacement(steps.find("bells"), aJob().atMost(1).build()));

    // When
    steps.finish("a", run, ended(run, RunState.SKIPPED, "guard"));

    // Then
    assertThat(steps.find("bells").state()).isEqualTo(JobState.COMPLETED);
    assertThat(ports().jobs().overdue(steps.now().plusMillis(1))).isZero();
  }

  @Test
  void aReceiverThatIsGonePausesItsJob() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");

    // When
    steps.finish("a", run, ended(run, RunState.FAILED, "gone"));

    // Then
    assertThat(steps.find("bells").pause().orElseThrow().reason()).contains("gone");
    assertThat(steps.find("bells").nextRunAt()).isEmpty();
  }

  /** A run whose receiver is to report within a minute. */
  private TakenRun awaiting() {
    steps.readyRun("bells", aJob().reported());
    TakenRun run = steps.take("a", "one").runs().get(0);
    steps.finish("a", run, new Outcome.Awaiting(Duration.ofSeconds(60), attempt(run, "")));
    return run;
  }

  private static Report report(TakenRun run, Optional<String> token) {
    return new Report(run.id(), RunState.SUCCEEDED, Optional.of("done"), token);
  }

  private static Outcome ended(TakenRun run, RunState state, String reason) {
    return new Outcome.Ended(state, Optional.of(reason), attempt(run, reason));
  }

  private static Attempt attempt(TakenRun run, String error) {
    return new Attempt(
        run.attempt(),
        run.at(),
        Optional.of(Duration.ofMillis(12)),
        Optional.empty(),
        Optional.of(error).filter(text -> !text.isEmpty()),
        Optional.empty());
  }
}
