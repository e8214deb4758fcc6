package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZoneLineTest {

  private static final long YEAR_1 = Timetable.EARLIEST.getEpochSecond();
  private static final long YEAR_2450 = Instant.parse("2450-01-01T00:00:00Z").getEpochSecond();
  private static final long YEAR_9999 = Timetable.LATEST.getEpochSecond();

  @ParameterizedTest
  @MethodSource("io.carillon.schedule.Runs#zones")
  void offsetsAreThoseOfTheZoneAtAnyTime(NamedZone zone) {
    // Given
    ZoneRules rules = zone.id().getRules();
    ZoneLine line = ZoneLine.of(zone.id());
    SplittableRandom random = new SplittableRandom(zone.hashCode());

    for (int i = 0; i < 200; i++) {
      long second =
          i % 2 == 0
              ? random.nextLong(YEAR_1, YEAR_9999)
              : random.nextLong(-3_000_000_000L, 6_000_000_000L);

      // When
      int stretch = line.at(second);

      // Then
      assertThat(line.offset(stretch))
          .as("%s at %d", zone, second)
          .isEqualTo(rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds());
      assertThat(line.start(stretch)).isLessThanOrEqualTo(second);
      assertThat(line.start(stretch + 1)).isGreaterThan(second);
    }
  }

  @ParameterizedTest
  @MethodSource("io.carillon.schedule.Runs#zones")
  void stretchesEndWhereTheClockChanges(NamedZone zone) {
    // Given
    ZoneRules rules = zone.id().getRules();
    ZoneLine line = ZoneLine.of(zone.id());

    ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(YEAR_1));
    while (change != null && change.toEpochSecond() < YEAR_2450) {
      // When
      int stretch = line.at(change.toEpochSecond());

      // Then
      assertThat(line.start(stretch)).isEqualTo(change.toEpochSecond());
      assertThat(line.shift(stretch)).isEqualTo(change.getDuration().toSeconds());
      assertThat(line.at(change.toEpochSecond() - 1)).isEqualTo(stretch - 1);
      change = rules.nextTransition(change.getInstant());
    }
  }

  /** The search of {@link WallClockOccurrences} relies on it. */
  @ParameterizedTest
  @MethodSource("io.carillon.schedule.Runs#zones")
  void everyStretchIsLongerThanTheShiftsAtItsEnds(NamedZone zone) {
    // Given
    ZoneLine line = ZoneLine.of(zone.id());

    for (int stretch = 1; line.start(stretch + 1) < YEAR_2450; stretch++) {
      // When
      long length = line.start(stretch + 1) - line.start(stretch);

      // Then
      assertThat(length)
          .isGreaterThan(Math.abs(line.shift(stretch)) + Math.abs(line.shift(stretch + 1)));
    }
  }

  @Test
  void aFixedOffsetIsOneStretch() {
    // When
    ZoneLine line = ZoneLine.of(ZoneOffset.ofHours(2));

    // Then
    assertThat(line.at(YEAR_1)).isZero();
    assertThat(line.at(YEAR_9999)).isZero();
    assertThat(line.offset(0)).isEqualTo(7_200);
    assertThat(line.start(1)).isEqualTo(ZoneLine.END_OF_TIME);
    assertThat(line.shift(0)).isZero();
    assertThat(line.shift(1)).isZero();
  }
}
