package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.JobStore.Due;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a job's author asked for holds over the death of a leader, also of one that claimed and
 * never heard the answer.
 */
class FailOverTest {

  private static final Instant START = SettableClock.START;
  private static final Duration TTL = Duration.ofSeconds(3);

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger store = new InMemoryLedger(clock);
  private final LedgerSteps steps = new LedgerSteps(store);
  private final List<Leader> leaders = new ArrayList<>();

  @AfterEach
  void end() {
    leaders.forEach(leader -> leader.engine.close());
  }

  @Test
  void theRunOfACreationHappensOnce() {
    // Given
    put(aJob().every("PT10S").runningOnCreate());
    aLeaderClaimsAndDies();

    // When
    Leader second = leader();
    pass(Duration.ofSeconds(7));

    // Then
    eventually(second, () -> occurrences().size() == 2);
    assertThat(occurrences()).containsExactly(START.plusSeconds(10), START);
  }

  @Test
  void theMostRunsOfAJobAreCountedOn() {
    // Given
    put(aJob().every("PT10S").runningOnCreate().atMost(2));
    aLeaderClaimsAndDies();

    // When
    Leader second = leader();
    pass(Duration.ofSeconds(7));
    eventually(second, () -> occurrences().size() == 2);
    pass(Duration.ofSeconds(60));
    second.looks();

    // Then
    assertThat(steps.find("bells").state()).isEqualTo(JobState.COMPLETED);
    assertThat(occurrences()).hasSize(2);
  }

  @Test
  void aJitterThatWasDrawnIsNotDrawnAgain() {
    // Given
    put(aJob().every("PT1H").jitteredBy("PT30M"));
    passUntil(due().at());
    aLeaderClaimsAndDies();
    Instant drawn = due().at();

    // When
    Leader second = leader();
    second.looks();
    passUntil(drawn.minusMillis(1));
    second.looks();

    // Then
    assertThat(due().at()).isEqualTo(drawn);
    assertThat(occurrences()).hasSize(1);
    pass(Duration.ofMillis(1));
    eventually(second, () -> occurrences().size() == 2);
    assertThat(occurrences())
        .containsExactly(START.plus(Duration.ofHours(2)), START.plus(Duration.ofHours(1)));
  }

  @Test
  void aJobRestsAfterARunThatEndedWhileNobodyLed() {
    // Given
    put(aJob().restingBetweenRuns("PT30S"));
    pass(Duration.ofSeconds(30));
    aLeaderClaimsAndDies();
    pass(Duration.ofSeconds(5));
    TakenRun run = steps.take("worker", "token").runs().get(0);
    steps.finish("worker", run, LedgerSteps.succeeded(run));
    Instant ended = clock.instant();

    // When
    Leader second = leader();
    passUntil(ended.plusSeconds(30).minusMillis(1));
    second.looks();

    // Then
    assertThat(occurrences()).hasSize(1);
    pass(Duration.ofMillis(1));
    eventually(second, () -> occurrences().size() == 2);
    assertThat(occurrences()).contains(ended.plusSeconds(30));
  }

  private void put(DefinitionBuilder definition) {
    new Jobs(store.jobs(), clock, new Random(1))
        .put("bells", definition.build(), Precondition.NONE);
  }

  private Due due() {
    return store.jobs().due(Instant.EPOCH, START.plus(Duration.ofDays(1)), 10).get(0);
  }

  private List<Instant> occurrences() {
    return store.runs().runs("bells").stream().map(Run::scheduledAt).toList();
  }

  private void pass(Duration time) {
    clock.advance(time);
  }

  private void passUntil(Instant instant) {
    pass(Duration.between(clock.instant(), instant));
  }

  /** And never hears the answer. */
  private void aLeaderClaimsAndDies() {
    Leader leader = new Leader();
    leader.ledger.losesAnswers(Integer.MAX_VALUE);
    leader.begins();
    eventually(leader, () -> occurrences().size() == 1);
    leader.dies();
  }

  private Leader leader() {
    Leader leader = new Leader();
    leader.begins();
    return leader;
  }

  private static void eventually(Leader leader, Callable<Boolean> condition) {
    Eventually.eventually()
        .pollInterval(Duration.ofMillis(2))
        .until(
            () -> {
              leader.looks();
              return condition.call();
            });
  }

  /** A replica that leads until it dies. */
  private final class Leader {
    private final UnsteadyLedger ledger = new UnsteadyLedger(store.runs());
    private final RecordedMeters meters = new RecordedMeters();
    private final Random random = new Random(leaders.size());

    /** Nobody renews its lease, and its own clock stands still: it believes to lead. */
    private final Election election =
        new Election(
            "leader-" + leaders.size(),
            store.lease(),
            TTL,
            new SettableClock()::nanoTime,
            random,
            meters);

    private final TimingEngine engine =
        new TimingEngine(
            election,
            store.jobs(),
            store.scheduler(),
            ledger,
            new Deliveries(
                "leader-" + leaders.size(),
                ledger,
                new HoldingCourier(),
                0,
                clock,
                System::nanoTime,
                random,
                meters),
            new Jobs(store.jobs(), clock, random),
            clock,
            random,
            meters);

    void begins() {
      leaders.add(this);
      election.step();
      assertThat(election.leadership()).isPresent();
      engine.start();
    }

    void looks() {
      engine.settingsChanged();
      engine.jobNotDue("nobody");
    }

    /** Nothing of it remains but its lease, which lapses. */
    void dies() {
      engine.close();
      pass(TTL);
    }
  }
}
