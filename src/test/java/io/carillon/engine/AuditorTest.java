package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AuditorTest {

  private static final Duration TTL = Duration.ofSeconds(60);

  private final InMemoryLedger store = new InMemoryLedger(new SettableClock());
  private final LedgerSteps steps = new LedgerSteps(store);
  private final RecordedMeters meters = new RecordedMeters();
  private final Election election =
      new Election(
          "leader", store.lease(), TTL, new SettableClock()::nanoTime, new Random(1), meters);
  private final Auditor auditor = new Auditor(store.runs(), election, meters);

  @Test
  void theLeaderCountsWhatItFindsAnewInEachRound() {
    // Given
    RunId run = damagedRun();
    election.step();

    // When
    auditor.look();
    auditor.look();

    // Then
    assertThat(steps.violations()).extracting(Audit.Violation::subject).contains(run.toString());
    assertThat(counted()).isEqualTo(2);
  }

  @Test
  void whoDoesNotLeadLooksForNothing() {
    // Given
    damagedRun();

    // When
    auditor.look();

    // Then
    assertThat(counted()).isZero();
  }

  @Test
  void nothingIsCountedWhereAllIsSound() {
    // Given
    steps.dueJob("bells");
    election.step();

    // When
    auditor.look();

    // Then
    assertThat(counted()).isZero();
  }

  private RunId damagedRun() {
    RunId run = steps.readyRun("bells");
    store.lease().holder().ifPresent(store.lease()::release);
    store.damage().offer(run, Optional.empty());
    return run;
  }

  private long counted() {
    return meters.told().stream().filter("violations 1"::equals).count();
  }
}
