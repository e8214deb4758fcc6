package io.carillon.engine;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.twin.SettableClock;
import io.carillon.job.Definition;
import io.carillon.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UpcomingTest {

  private static final Instant ANCHOR = SettableClock.START;

  private final Random random = new Random(1);

  @Test
  void theNextOccurrenceIsDueWhenItIs() {
    // When
    Upcoming upcoming = Upcoming.after(ANCHOR, aJob().every("PT10S").build(), ANCHOR, random);

    // Then
    assertThat(upcoming.state()).isEqualTo(JobState.ACTIVE);
    assertThat(upcoming.nextRunAt()).contains(ANCHOR.plusSeconds(10));
    assertThat(upcoming.dueAt()).isEqualTo(upcoming.nextRunAt());
  }

  @Test
  void jitterDelaysTheDueButNotTheNominalTime() {
    // Given
    Definition definition = aJob().every("PT1H").jitteredBy("PT10S").build();
    TreeSet<Duration> delays = new TreeSet<>();

    // When
    for (int i = 0; i < 10_000; i++) {
      Upcoming upcoming = Upcoming.after(ANCHOR, definition, ANCHOR, random);
      delays.add(
          Duration.between(upcoming.nextRunAt().orElseThrow(), upcoming.dueAt().orElseThrow()));
    }

    // Then
    assertThat(delays.first()).isBetween(Duration.ZERO, Duration.ofMillis(50));
    assertThat(delays.last()).isBetween(Duration.ofMillis(9_950), Duration.ofMillis(9_999));
  }

  @Test
  void jitterNeverReachesTheNextOccurrence() {
    // Given
    Definition definition = aJob().every("PT2S").jitteredBy("PT1H").build();

    for (int i = 0; i < 1_000; i++) {
      // When
      Upcoming upcoming = Upcoming.after(ANCHOR, definition, ANCHOR, random);

      // Then
      assertThat(upcoming.dueAt().orElseThrow())
          .isBetween(ANCHOR.plusSeconds(2), ANCHOR.plusSeconds(4).minusMillis(1));
    }
  }

  @Test
  void aListenerWaitsForEvents() {
    assertThat(Upcoming.after(ANCHOR, aJob().onEvent("run.failed").build(), ANCHOR, random))
        .isEqualTo(Upcoming.WAITING);
  }

  @Test
  void whereNothingIsLeftThatIsTheNews() {
    assertThat(Upcoming.after(ANCHOR, aJob().once(ANCHOR).build(), ANCHOR, random))
        .isEqualTo(Upcoming.NOTHING);
  }
}
