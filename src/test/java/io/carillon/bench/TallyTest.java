package io.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Instant FROM = Instant.parse("2026-12-01T09:00:00Z");

  private final Tally tally = new Tally(new Window(FROM, FROM.plusSeconds(10)));

  @Test
  void eachOccurrenceCountsOnceAndItsFurtherWebhooksAreDuplicates() {
    add("a", 0, 1, 2_000);
    add("a", 0, 2, 5_000_000);
    add("b", 9_999, 1, 4_000);

    assertThat(tally.arrived()).isEqualTo(2);
    assertThat(tally.duplicates()).isEqualTo(1);
    assertThat(tally.retries()).isEqualTo(1);
    assertThat(tally.lateness().millis(50)).isEqualTo(2);
    assertThat(tally.lateness().millis(100)).isEqualTo(4);
  }

  @Test
  void whatLiesOutsideTheWindowDoesNotCount() {
    add("a", -1, 1, 0);
    add("b", 10_000, 1, 0);

    assertThat(tally.arrived()).isZero();
    assertThat(tally.lateness().millis(99)).isNaN();
  }

  @Test
  void whatCameBeforeItsTimeIsEarly() {
    add("a", 5, 1, -1);

    assertThat(tally.early()).isEqualTo(1);
  }

  private void add(String id, long scheduledMillis, int attempt, long lateMicros) {
    Instant scheduledAt = FROM.plusMillis(scheduledMillis);
    long arrived = scheduledAt.toEpochMilli() * 1000 + lateMicros;
    tally.add(id + ' ' + scheduledAt + ' ' + attempt + ' ' + arrived);
  }
}
