package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.lang.management.ManagementFactory;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schedules that make a search run longest, in every direction. */
class BoundsTest {

  private static final Duration MOST = Duration.ofMillis(5);
  private static final NamedZone BERLIN = Runs.zone("Europe/Berlin");
  private static final List<LocalTime> IN_THE_GAP = List.of(LocalTime.of(2, 30));

  static Stream<Arguments> worst() {
    return Stream.of(
            cron("0 0 30 2 *"),
            cron("0 0 29 2 *"),
            // Always in the gap, so every year is tried and lost.
            cron("30 2 * 3 0L"),
            cron("* 30 2 25-31 3 +SUN"),
            cron("0 30 2 29 3 ? 2026-9999/28"),
            cron("0 30 2 29 3 +SUN 1-9999"),
            cron("0 30 2 * 3,10 +0L 2000-9999/2"),
            new CronSchedule("30 2 * 3 0L", BERLIN, DstPolicy.of(Gap.SKIP, Overlap.LAST)),
            new CronSchedule(
                "30 1 * 3 0L", Runs.zone("Antarctica/Troll"), DstPolicy.of(Gap.SKIP, Overlap.BOTH)),
            new CronSchedule("* * * * * *", BERLIN, DstPolicy.of(Gap.AFTER, Overlap.LAST)),
            cron("59 59 23 31 12 ? 9999"),
            cron("0 0 0 1 1 ? 1"),
            cron("0 0 0 L-30 2 ? 1-9999/7"),
            cron("0 0 0 29 2 +MON 1-9999/3"),
            cron("* * * * * * 1-9999/2,9999"),
            cron("0 0 0 29 2 ? */7"),
            cron("0 30 2 29 3 +SUN */3"),
            cron("0 0 0 31 12 ? */9999"),
            new DailySchedule(1, IN_THE_GAP, BERLIN, DstPolicy.of(Gap.SKIP, Overlap.FIRST)),
            new DailySchedule(Integer.MAX_VALUE, IN_THE_GAP, BERLIN, null),
            new WeeklySchedule(
                Integer.MAX_VALUE, List.of(DayOfWeek.MONDAY), IN_THE_GAP, null, BERLIN, null),
            new WeeklySchedule(
                52,
                List.of(DayOfWeek.SUNDAY),
                IN_THE_GAP,
                null,
                BERLIN,
                DstPolicy.of(Gap.SKIP, Overlap.FIRST)),
            new MonthlySchedule(1, List.of(-31), IN_THE_GAP, BERLIN, null),
            new MonthlySchedule(12, List.of(30, -30, 31), IN_THE_GAP, BERLIN, null),
            new MonthlySchedule(4_799, List.of(31), IN_THE_GAP, BERLIN, null),
            new MonthlySchedule(Integer.MAX_VALUE, List.of(31), IN_THE_GAP, BERLIN, null),
            new DurationSchedule(Duration.ofMillis(1), null))
        .flatMap(
            schedule ->
                Stream.of("0001-02-01T00:00:00Z", "2026-02-03T04:05:06Z", "9998-02-03T04:05:06Z")
                    .map(instant -> Arguments.of(schedule, Instant.parse(instant))));
  }

  private static Schedule cron(String expression) {
    return new CronSchedule(expression, BERLIN, null);
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("worst")
  void oneSearchTakesAtMostFiveMilliseconds(Schedule schedule, Instant instant) {
    // Given
    Instant february = Instant.parse("0001-02-01T00:00:00Z");
    Timetable timetable =
        new Timetable(schedule, february, Optional.of(february), Optional.empty());

    // When
    Duration next = leastCpuTime(() -> timetable.next(instant, Runs.NO_CHANCE));
    Duration previous = leastCpuTime(() -> timetable.previous(instant));

    // Then
    assertThat(next).isLessThan(MOST);
    assertThat(previous).isLessThan(MOST);
  }

  /** The least of several, because the compiler and the collector are not what is measured. */
  private static Duration leastCpuTime(Runnable search) {
    var threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long start = threads.getCurrentThreadCpuTime();
      search.run();
      least = Math.min(least, threads.getCurrentThreadCpuTime() - start);
    }
    return Duration.ofNanos(least);
  }
}
