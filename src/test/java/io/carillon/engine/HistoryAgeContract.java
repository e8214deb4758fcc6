package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.RunLedger.Acceptance;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every ledger forgets with time. */
public abstract class HistoryAgeContract {

  /** What the ledgers are told to keep. */
  protected static final Duration AGE = Duration.ofDays(7);

  private static final Duration A_LITTLE = Duration.ofMinutes(1);

  protected abstract Ports ports();

  protected LedgerSteps steps() {
    return new LedgerSteps(ports());
  }

  @Test
  void aRunIsKnownAsLongAsItsHistoryReaches() {
    // Given
    RunId run = endedRun("bells");

    // When
    ports().pass(AGE.minus(A_LITTLE));

    // Then
    assertThat(ports().runs().runs("bells")).extracting(Run::id).containsExactly(run);
    assertThat(ports().runs().redeliver(run)).isInstanceOf(Acceptance.Accepted.class);
  }

  @Test
  void anOlderRunIsNotKnownAnyMoreAndCannotBeRedelivered() {
    // Given
    RunId run = endedRun("bells");

    // When
    ports().pass(AGE.plus(A_LITTLE));

    // Then
    assertThat(ports().runs().runs("bells")).isEmpty();
    assertThat(ports().runs().find(run)).isEmpty();
    assertThat(ports().runs().redeliver(run)).isEqualTo(new Acceptance.Absent());
  }

  /** A run of a new job that has succeeded. */
  protected RunId endedRun(String job) {
    steps().readyRun(job);
    TakenRun run = steps().take("a", "token-" + job).runs().get(0);
    steps().finish("a", run, succeeded(run));
    return run.id();
  }
}
