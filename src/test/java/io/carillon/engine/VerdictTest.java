package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.Outcome;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Attempt;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

  private static final Duration TOOK = Duration.ofMillis(12);

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void anAnswerOfTheRightKindEndsTheRunWell(int status) {
    // When
    Outcome outcome = verdict(answered(status), run(aJob(), 1, 0));

    // Then
    Outcome.Ended ended = (Outcome.Ended) outcome;
    assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(ended.reason()).isEmpty();
    assertThat(ended.attempt())
        .isEqualTo(
            new Attempt(
                1,
                SettableClock.START,
                Optional.of(TOOK),
                Optional.of(status),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void whatIsRightIsForTheTargetToSay() {
    // Given
    TakenRun run = run(aJob().succeedingWith("204", "404"), 1, 0);

    // Then
    assertThat(stateOf(verdict(answered(404), run))).isEqualTo(RunState.SUCCEEDED);
    assertThat(verdict(answered(200), run)).isInstanceOf(Outcome.Retry.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 429, 500, 503})
  void anyOtherAnswerIsTriedAgain(int status) {
    // When
    Outcome outcome = verdict(answered(status), run(aJob().trying(3), 1, 0));

    // Then
    Outcome.Retry retry = (Outcome.Retry) outcome;
    assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(retry.attempt().status()).contains(status);
    assertThat(retry.attempt().error()).contains("http-" + status);
  }

  @Test
  void delaysGrowWithTheAttempts() {
    // When
    Outcome outcome = verdict(answered(500), run(aJob().trying(3), 2, 0));

    // Then
    assertThat(((Outcome.Retry) outcome).delay()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void theLastAttemptIsNotTriedAgain() {
    // When
    Outcome outcome = verdict(answered(500), run(aJob().trying(3), 3, 0));

    // Then
    assertThat(stateOf(outcome)).isEqualTo(RunState.FAILED);
    assertThat(((Outcome.Ended) outcome).reason()).contains("http-500");
  }

  @Test
  void anAttemptThatDiedWithItsReplicaUsesNothingUp() {
    // When
    Outcome outcome = verdict(answered(500), run(aJob().trying(3), 4, 2));

    // Then
    Outcome.Retry retry = (Outcome.Retry) outcome;
    assertThat(retry.delay()).as("that of the second").isEqualTo(Duration.ofSeconds(15));
    assertThat(retry.attempt().number()).isEqualTo(4);
  }

  @Test
  void aReceiverThatAsksForTimeIsGivenIt() {
    // Given
    Reply busy = new Reply.Answered(TOOK, 503, Optional.of(Duration.ofMinutes(7)), false);

    // When
    Outcome outcome = verdict(busy, run(aJob(), 1, 0));

    // Then
    assertThat(((Outcome.Retry) outcome).delay()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void aReceiverThatWantsNoOtherAttemptIsLeftAlone() {
    // Given
    Reply never = new Reply.Answered(TOOK, 500, Optional.empty(), true);

    // When
    Outcome outcome = verdict(never, run(aJob(), 1, 0));

    // Then
    assertThat(stateOf(outcome)).isEqualTo(RunState.FAILED);
    assertThat(((Outcome.Ended) outcome).reason()).contains("http-500");
  }

  @Test
  void aReceiverThatIsGoneIsLeftAlone() {
    // When
    Outcome outcome = verdict(answered(410), run(aJob(), 1, 0));

    // Then
    assertThat(stateOf(outcome)).isEqualTo(RunState.FAILED);
    assertThat(((Outcome.Ended) outcome).reason()).contains("gone");
  }

  @Test
  void silenceIsTriedAgainAndThenFailsForItsReason() {
    // Given
    Reply silence = new Reply.Unanswered(TOOK, "timeout");

    // When
    Outcome first = verdict(silence, run(aJob().trying(2), 1, 0));
    Outcome second = verdict(silence, run(aJob().trying(2), 2, 0));

    // Then
    assertThat(((Outcome.Retry) first).attempt().error()).contains("timeout");
    assertThat(((Outcome.Retry) first).attempt().status()).isEmpty();
    assertThat(stateOf(second)).isEqualTo(RunState.FAILED);
    assertThat(((Outcome.Ended) second).reason()).contains("timeout");
  }

  private static Outcome verdict(Reply reply, TakenRun run) {
    return Verdict.on(reply, run, new Random(1));
  }

  private static RunState stateOf(Outcome outcome) {
    return ((Outcome.Ended) outcome).state();
  }

  private static Reply answered(int status) {
    return new Reply.Answered(TOOK, status, Optional.empty(), false);
  }

  private static TakenRun run(DefinitionBuilder definition, int attempt, int crashes) {
    return new TakenRun(
        RunId.ofOccurrence("bells", "mi8z3kq0", SettableClock.START),
        "token",
        Trigger.SCHEDULE,
        SettableClock.START,
        attempt,
        crashes,
        SettableClock.START,
        SettableClock.START,
        definition.build(),
        Optional.empty(),
        Optional.empty());
  }
}
