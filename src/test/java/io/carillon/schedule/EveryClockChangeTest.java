package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each clock change of each zone from 2000 to 2037, at its first, middle and last second. */
class EveryClockChangeTest {

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2038-01-01T00:00:00Z");

  @ParameterizedTest
  @MethodSource("io.carillon.schedule.Runs#zones")
  void everyPolicyIsObeyed(NamedZone zone) {
    ZoneRules rules = zone.id().getRules();
    ZoneOffsetTransition change = rules.nextTransition(FIRST);
    while (change != null && change.getInstant().isBefore(LAST)) {
      LocalDateTime begin = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
      long length = change.getDuration().abs().toSeconds();
      for (long second : new long[] {0, length / 2, length - 1}) {
        LocalDateTime local = begin.plusSeconds(second);
        Instant before = local.toInstant(change.getOffsetBefore());
        Instant after = local.toInstant(change.getOffsetAfter());
        if (change.isGap()) {
          assertRuns(zone, local, DstPolicy.of(Gap.SKIP, Overlap.BOTH), List.of());
          assertRuns(zone, local, DstPolicy.of(Gap.AFTER, Overlap.FIRST), List.of(before));
        } else {
          assertRuns(zone, local, DstPolicy.of(Gap.SKIP, Overlap.FIRST), List.of(before));
          assertRuns(zone, local, DstPolicy.of(Gap.SKIP, Overlap.LAST), List.of(after));
          assertRuns(zone, local, DstPolicy.of(Gap.AFTER, Overlap.BOTH), List.of(before, after));
        }
      }
      change = rules.nextTransition(change.getInstant());
    }
  }

  private static void assertRuns(
      NamedZone zone, LocalDateTime local, DstPolicy policy, List<Instant> expected) {
    // Given
    String expression =
        "%d %d %d %d %d ? %d"
            .formatted(
                local.getSecond(),
                local.getMinute(),
                local.getHour(),
                local.getDayOfMonth(),
                local.getMonthValue(),
                local.getYear());
    Timetable timetable =
        new Timetable(
            new CronSchedule(expression, zone, policy),
            Timetable.EARLIEST,
            Optional.empty(),
            Optional.empty());

    // When
    List<Instant> forwards = Runs.next(timetable, "1990-01-01T00:00:00Z", 9);
    Optional<Instant> latest = timetable.previous(Instant.MAX);

    // Then
    assertThat(forwards).as("%s %s %s", zone, local, policy).isEqualTo(expected);
    assertThat(latest)
        .isEqualTo(
            expected.isEmpty() ? Optional.empty() : Optional.of(expected.get(expected.size() - 1)));
    assertThat(timetable.count(FIRST.minusSeconds(86_400 * 9), LAST)).isEqualTo(expected.size());
  }
}
