package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.500Z");
  private static final Instant LONG_AGO = Instant.parse("2000-01-01T00:00:00Z");
  private static final Schedule HOURLY = new CronSchedule("0 * * * *", null, null);
  private static final Schedule EVERY_TEN_SECONDS =
      new DurationSchedule(Duration.ofSeconds(10), From.SCHEDULE);

  @Test
  void aDurationCountsFromItsCreation() {
    // Given
    Timetable timetable = created(EVERY_TEN_SECONDS);

    // When
    List<Instant> runs = Runs.next(timetable, "2026-01-01T00:00:00Z", 3);

    // Then
    assertThat(runs)
        .containsExactly(CREATED.plusSeconds(10), CREATED.plusSeconds(20), CREATED.plusSeconds(30));
    assertThat(timetable.previous(CREATED.plusSeconds(10))).isEmpty();
  }

  @Test
  void aDurationWithAStartRunsAtTheStart() {
    // Given
    Instant start = CREATED.plusSeconds(3);
    Timetable timetable = starting(EVERY_TEN_SECONDS, start);

    // When
    List<Instant> runs = Runs.next(timetable, "2026-01-01T00:00:00Z", 2);

    // Then
    assertThat(runs).containsExactly(start, start.plusSeconds(10));
    assertThat(timetable.previous(start.plusMillis(1))).contains(start);
    assertThat(timetable.previous(start)).isEmpty();
  }

  @Test
  void aStartInThePastFixesThePhase() {
    // Given
    Timetable timetable = starting(EVERY_TEN_SECONDS, Instant.parse("1999-12-31T23:59:57.250Z"));

    // When
    Optional<Instant> next = timetable.next(CREATED, Runs.NO_CHANCE);

    // Then
    assertThat(next).contains(Instant.parse("2026-01-01T00:00:07.250Z"));
    assertThat(timetable.previous(CREATED)).contains(Instant.parse("2025-12-31T23:59:57.250Z"));
  }

  @Test
  void everyInCronIsAnchoredAsADurationIs() {
    // Given
    Schedule cron = new CronSchedule("@every 10s", Runs.zone("Europe/Berlin"), null);

    // When
    List<Instant> runs = Runs.next(created(cron), "2026-01-01T00:00:00Z", 100);

    // Then
    assertThat(runs).isEqualTo(Runs.next(created(EVERY_TEN_SECONDS), "2026-01-01T00:00:00Z", 100));
  }

  @Test
  void fromCompletionCountsFromTheEndOfTheRun() {
    // Given
    Schedule schedule = new DurationSchedule(Duration.ofSeconds(10), From.COMPLETION);
    Timetable timetable = created(schedule);
    Instant end = CREATED.plusSeconds(1_234).plusMillis(7);

    // When
    Optional<Instant> first = timetable.next(CREATED.minusMillis(1), Runs.NO_CHANCE);
    Optional<Instant> following = timetable.next(end, Runs.NO_CHANCE);

    // Then
    assertThat(first).contains(CREATED.plusSeconds(10));
    assertThat(following).contains(end.plusSeconds(10));
    assertThat(timetable.previous(end)).isEmpty();
    assertThat(timetable.count(CREATED, end)).isZero();
    assertThat(starting(schedule, end).next(CREATED, Runs.NO_CHANCE)).contains(end);
    assertThat(starting(schedule, end).next(end, Runs.NO_CHANCE)).contains(end.plusSeconds(10));
  }

  @Test
  void aRandomDurationIsDrawnBetweenItsBounds() {
    // Given
    Schedule schedule =
        new RandomDurationSchedule(Duration.ofMillis(3), Duration.ofMillis(6), null);
    Timetable timetable = created(schedule);

    // When
    List<Long> draws =
        LongStream.range(0, 200)
            .map(
                seed ->
                    timetable
                            .next(CREATED.plusSeconds(5), Runs.chance(seed))
                            .orElseThrow()
                            .toEpochMilli()
                        - CREATED.plusSeconds(5).toEpochMilli())
            .distinct()
            .sorted()
            .boxed()
            .toList();

    // Then
    assertThat(draws).containsExactly(3L, 4L, 5L);
    assertThat(timetable.next(LONG_AGO, Runs.chance(1)).orElseThrow())
        .isBetween(CREATED.plusMillis(3), CREATED.plusMillis(5));
    assertThat(starting(schedule, CREATED).next(LONG_AGO, Runs.NO_CHANCE)).contains(CREATED);
    assertThat(timetable.previous(CREATED.plusSeconds(5))).isEmpty();
  }

  @Test
  void onceAtOnceIsTheAnchorItself() {
    // Given
    Timetable timetable = created(new OnceSchedule(List.of()));

    // When
    Optional<Instant> next = timetable.next(CREATED.minusMillis(1), Runs.NO_CHANCE);

    // Then
    assertThat(next).contains(CREATED);
    assertThat(timetable.next(CREATED, Runs.NO_CHANCE)).isEmpty();
    assertThat(timetable.previous(CREATED.plusMillis(1))).contains(CREATED);
    assertThat(timetable.count(CREATED.minusMillis(1), CREATED)).isEqualTo(1);
    assertThat(
            starting(new OnceSchedule(List.of()), CREATED.plusSeconds(9))
                .next(CREATED, Runs.NO_CHANCE))
        .contains(CREATED.plusSeconds(9));
  }

  @Test
  void onceRunsAtEachInstantInsideTheWindow() {
    // Given
    Schedule once =
        new OnceSchedule(
            List.of(
                CREATED.plusSeconds(5),
                CREATED.minusSeconds(5),
                CREATED,
                CREATED.plusSeconds(5),
                CREATED.plusSeconds(1)));

    // When
    List<Instant> runs = Runs.next(created(once), "2000-01-01T00:00:00Z", 9);

    // Then
    assertThat(runs).containsExactly(CREATED.plusSeconds(1), CREATED.plusSeconds(5));
    assertThat(created(once).previous(CREATED.plusSeconds(5))).contains(CREATED.plusSeconds(1));
    assertThat(created(once).previous(CREATED.plusSeconds(1))).isEmpty();
    assertThat(created(once).count(LONG_AGO, CREATED.plusSeconds(5))).isEqualTo(2);
    assertThat(created(once).count(CREATED.plusSeconds(1), CREATED.plusSeconds(4))).isZero();
  }

  @Test
  void anEventIsNoMatterOfTime() {
    // Given
    Timetable timetable = created(new EventSchedule(List.of("run.failed"), List.of(), List.of()));

    // When
    Optional<Instant> next = timetable.next(LONG_AGO, Runs.NO_CHANCE);

    // Then
    assertThat(next).isEmpty();
    assertThat(timetable.previous(Instant.MAX)).isEmpty();
    assertThat(timetable.count(Instant.MIN, Instant.MAX)).isZero();
  }

  @Test
  void theStartIsInsideTheWindowAndTheEndIsNot() {
    // Given
    Instant start = Instant.parse("2026-01-01T02:00:00Z");
    Instant end = Instant.parse("2026-01-01T05:00:00Z");
    Timetable timetable = new Timetable(HOURLY, CREATED, Optional.of(start), Optional.of(end));

    // When
    List<Instant> runs = Runs.next(timetable, "2000-01-01T00:00:00Z", 9);

    // Then
    assertThat(runs).containsExactly(start, start.plusSeconds(3_600), start.plusSeconds(7_200));
    assertThat(timetable.previous(Instant.MAX)).contains(start.plusSeconds(7_200));
    assertThat(timetable.previous(end)).contains(start.plusSeconds(7_200));
    assertThat(timetable.previous(start.plusMillis(1))).contains(start);
    assertThat(timetable.previous(start)).isEmpty();
    assertThat(timetable.count(Instant.MIN, Instant.MAX)).isEqualTo(3);
    assertThat(timetable.count(start, end)).isEqualTo(2);
    assertThat(timetable.count(end, start)).isZero();
  }

  @Test
  void withoutAStartTheAnchorItselfIsOutside() {
    // Given
    Instant created = Instant.parse("2026-01-01T00:00:00Z");
    Timetable timetable = new Timetable(HOURLY, created, Optional.empty(), Optional.empty());

    // When
    Optional<Instant> next = timetable.next(LONG_AGO, Runs.NO_CHANCE);

    // Then
    assertThat(next).contains(created.plusSeconds(3_600));
    assertThat(timetable.previous(created.plusSeconds(3_600))).isEmpty();
    assertThat(timetable.count(LONG_AGO, created.plusSeconds(3_600))).isEqualTo(1);
  }

  @Test
  void finerPartsThanMillisecondsNeitherHideNorAddAnOccurrence() {
    // Given
    Timetable timetable = created(HOURLY);
    Instant run = Instant.parse("2026-01-01T01:00:00Z");

    // When
    Optional<Instant> justBefore = timetable.next(run.minusNanos(1), Runs.NO_CHANCE);
    Optional<Instant> justAfter = timetable.previous(run.plusNanos(1));

    // Then
    assertThat(justBefore).contains(run);
    assertThat(justAfter).contains(run);
    assertThat(timetable.previous(run)).isEmpty();
    assertThat(timetable.next(run.plusNanos(1), Runs.NO_CHANCE)).contains(run.plusSeconds(3_600));
    assertThat(
            new Timetable(
                    EVERY_TEN_SECONDS,
                    CREATED.plusNanos(999_999),
                    Optional.empty(),
                    Optional.empty())
                .next(CREATED, Runs.NO_CHANCE))
        .contains(CREATED.plusSeconds(10));
  }

  @Test
  void nothingLiesOutsideTheYearsOneTo9999() {
    // Given: on that island local mean time was ten and a half hours behind, today it is 14 ahead
    Timetable everySecond = Runs.cron("* * * * * *", "Pacific/Kiritimati");

    // When: neither may the local year lie outside
    Optional<Instant> first = everySecond.next(Instant.MIN, Runs.NO_CHANCE);
    Optional<Instant> last = everySecond.previous(Instant.MAX);

    // Then
    assertThat(first).contains(Instant.parse("0001-01-01T10:29:20Z"));
    assertThat(last).contains(Instant.parse("9999-12-31T09:59:59Z"));
    assertThat(everySecond.previous(Instant.MIN)).isEmpty();
    assertThat(everySecond.next(Instant.MAX, Runs.NO_CHANCE)).isEmpty();
    assertThat(everySecond.next(last.orElseThrow(), Runs.NO_CHANCE)).isEmpty();
    assertThat(everySecond.previous(first.orElseThrow())).isEmpty();
    Timetable daily = created(new DailySchedule(1_000_000, List.of(LocalTime.MIN), null, null));
    assertThat(daily.next(CREATED, Runs.NO_CHANCE)).contains(Instant.parse("4763-11-29T00:00:00Z"));
    assertThat(daily.next(Instant.parse("8000-01-01T00:00:00Z"), Runs.NO_CHANCE)).isEmpty();
    assertThat(
            created(new DurationSchedule(Duration.ofDays(3_652_059), null))
                .next(CREATED, Runs.NO_CHANCE))
        .isEmpty();
  }

  @ParameterizedTest(name = "weeks begin on {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SUNDAY | 2026-01-02, 2026-01-11, 2026-01-12, 2026-01-16, 2026-01-25
          MONDAY | 2026-01-02, 2026-01-04, 2026-01-12, 2026-01-16, 2026-01-18
          FRIDAY | 2026-01-09, 2026-01-11, 2026-01-12, 2026-01-23, 2026-01-25
          """)
  void everyOtherWeekCountsFromTheWeekOfTheAnchor(DayOfWeek weekStart, String expected) {
    // Given: a Thursday
    List<DayOfWeek> on = List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY, DayOfWeek.SUNDAY);
    Schedule weekly = new WeeklySchedule(2, on, List.of(LocalTime.NOON), weekStart, null, null);

    // When
    List<Instant> runs = Runs.next(created(weekly), "2026-01-01T12:00:00Z", 5);

    // Then
    assertThat(runs)
        .extracting(run -> run.toString().substring(0, 10))
        .containsExactly(expected.split(", "));
  }

  @Test
  void everyThirdDayCountsFromTheLocalDayOfTheAnchorEvenIfNothingRunsInIt() {
    // Given: in Tokyo it is already the second of January
    Instant anchor = Instant.parse("2026-01-01T20:00:00Z");
    Schedule daily =
        new DailySchedule(3, List.of(LocalTime.of(1, 0)), Runs.zone("Asia/Tokyo"), null);

    // When
    List<String> runs =
        Runs.local(
            new Timetable(daily, anchor, Optional.empty(), Optional.empty()),
            "2026-01-01T20:00:00Z",
            2);

    // Then
    assertThat(runs).containsExactly("2026-01-05T01:00+09:00", "2026-01-08T01:00+09:00");
  }

  @Test
  void todaysRemainingTimesComeFirst() {
    // Given
    Schedule daily =
        new DailySchedule(
            2, List.of(LocalTime.of(18, 0), LocalTime.of(6, 0), LocalTime.of(12, 0)), null, null);

    // When
    List<String> runs =
        Runs.local(Runs.timetable(daily, "2026-01-01T08:00:00Z"), "2026-01-01T08:00:00Z", 4);

    // Then
    assertThat(runs)
        .containsExactly(
            "2026-01-01T12:00Z", "2026-01-01T18:00Z", "2026-01-03T06:00Z", "2026-01-03T12:00Z");
  }

  @ParameterizedTest(name = "{0} every {1} months")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          31     | 1  | 2026-01-31, 2026-03-31, 2026-05-31, 2026-07-31
          31     | 2  | 2026-01-31, 2026-03-31, 2026-05-31, 2026-07-31
          30     | 1  | 2026-01-30, 2026-03-30, 2026-04-30
          29     | 13 | 2026-01-29, 2028-03-29, 2029-04-29
          -1     | 1  | 2026-01-31, 2026-02-28, 2026-03-31
          -31    | 1  | 2026-03-01, 2026-05-01, 2026-07-01
          -29    | 1  | 2026-01-03, 2026-03-03, 2026-04-02
          15     | 12 | 2026-01-15, 2027-01-15
          1      | 5  | 2026-06-01, 2026-11-01, 2027-04-01
          """)
  void aMonthWithoutTheDayIsSkipped(int day, int every, String expected) {
    // Given
    Schedule monthly = new MonthlySchedule(every, List.of(day), List.of(LocalTime.MIN), null, null);
    String[] runs = expected.split(", ");

    // When
    List<Instant> next = Runs.next(created(monthly), "2026-01-01T00:00:00Z", runs.length);

    // Then
    assertThat(next).extracting(run -> run.toString().substring(0, 10)).containsExactly(runs);
  }

  @Test
  void aDayThatItsMonthsNeverHaveNeverRuns() {
    // Given
    Instant february = Instant.parse("2026-02-01T00:00:00Z");
    Schedule monthly =
        new MonthlySchedule(12, List.of(30, -30), List.of(LocalTime.MIN), null, null);
    Timetable timetable = new Timetable(monthly, february, Optional.of(february), Optional.empty());

    // When
    Optional<Instant> next = timetable.next(february, Runs.NO_CHANCE);

    // Then
    assertThat(next).isEmpty();
    assertThat(timetable.previous(Instant.MAX)).isEmpty();
  }

  @Test
  void theLeapDayComesAgainAfterTheCenturyThatHasNone() {
    // Given
    Timetable timetable = Runs.cron("0 0 29 2 *", "UTC");

    // When
    List<String> runs = Runs.local(timetable, "2095-01-01T00:00:00Z", 3);

    // Then
    assertThat(runs).containsExactly("2096-02-29T00:00Z", "2104-02-29T00:00Z", "2108-02-29T00:00Z");
    assertThat(timetable.previous(Runs.instant("2104-02-29T00:00:00Z")))
        .contains(Runs.instant("2096-02-29T00:00:00Z"));
  }

  @Test
  void theYearsOfACronEndIt() {
    // Given
    Timetable timetable = Runs.cron("0 0 0 1 1 ? 1999,2030,9999", "UTC");

    // When
    List<String> runs = Runs.local(timetable, "2026-01-01T00:00:00Z", 9);

    // Then
    assertThat(runs).containsExactly("2030-01-01T00:00Z", "9999-01-01T00:00Z");
    assertThat(timetable.previous(Runs.instant("2030-01-01T00:00:00Z")))
        .contains(Runs.instant("1999-01-01T00:00:00Z"));
    assertThat(timetable.previous(Runs.instant("1999-01-01T00:00:00Z"))).isEmpty();
  }

  @Test
  void aZoneInTheExpressionBeatsTheZoneBesideIt() {
    // Given
    Schedule cron = new CronSchedule("TZ=Asia/Tokyo 0 9 * * *", Runs.zone("Europe/Berlin"), null);

    // When
    List<String> runs = Runs.local(created(cron), "2026-01-01T00:00:01Z", 1);

    // Then
    assertThat(runs).containsExactly("2026-01-02T09:00+09:00");
    assertThat(cron.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }

  @Test
  void sameQuestionSameValue() {
    // When
    Timetable one = created(HOURLY);
    Timetable same = created(new CronSchedule("0 * * * *", Runs.zone("UTC"), DstPolicy.DEFAULT));

    // Then
    assertThat(one)
        .isEqualTo(same)
        .hasSameHashCodeAs(same)
        .isNotEqualTo(created(EVERY_TEN_SECONDS));
    assertThat(one).isNotEqualTo(starting(HOURLY, CREATED)).hasToString(same.toString());
    assertThat(one.anchor()).isEqualTo(CREATED);
    assertThat(one.startAt()).isEmpty();
    assertThat(one.endAt()).isEmpty();
    assertThat(one.schedule()).isEqualTo(HOURLY);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "* * * * * *, PT1S",
    "*/7 * * * * *, PT4S",
    "30 * * * * *, PT1M",
    "* * * * *, PT1M",
    "*/15 * * * *, PT15M",
    "'0,59 * * * *', PT1M",
    "0 0 * * *, PT24H",
    "'0 1,23 * * *', PT2H",
    "@every 250ms, PT0.25S"
  })
  void theShortestIntervalIsSeenFromTheExpression(String expression, Duration shortest) {
    // When
    Optional<Duration> interval = new CronSchedule(expression, null, null).shortestInterval();

    // Then
    assertThat(interval).contains(shortest);
  }

  @Test
  void theShortestIntervalOfEveryOtherKind() {
    // Given
    List<LocalTime> at =
        List.of(LocalTime.of(0, 0, 5), LocalTime.of(12, 0), LocalTime.of(23, 59, 58));

    // When
    Optional<Duration> daily = new DailySchedule(9, at, null, null).shortestInterval();

    // Then
    assertThat(daily).contains(Duration.ofSeconds(7));
    assertThat(
            new WeeklySchedule(1, List.of(DayOfWeek.MONDAY), at, null, null, null)
                .shortestInterval())
        .contains(Duration.ofSeconds(7));
    assertThat(new MonthlySchedule(1, List.of(1), at, null, null).shortestInterval())
        .contains(Duration.ofSeconds(7));
    assertThat(EVERY_TEN_SECONDS.shortestInterval()).contains(Duration.ofSeconds(10));
    assertThat(
            new RandomDurationSchedule(Duration.ofSeconds(2), Duration.ofSeconds(3), null)
                .shortestInterval())
        .contains(Duration.ofSeconds(2));
    assertThat(
            new OnceSchedule(List.of(CREATED, CREATED.plusMillis(9), CREATED.plusMillis(5)))
                .shortestInterval())
        .contains(Duration.ofMillis(4));
    assertThat(new OnceSchedule(List.of(CREATED)).shortestInterval()).isEmpty();
    assertThat(new EventSchedule(List.of("*"), null, null).shortestInterval()).isEmpty();
  }

  private static Timetable created(Schedule schedule) {
    return new Timetable(schedule, CREATED, Optional.empty(), Optional.empty());
  }

  private static Timetable starting(Schedule schedule, Instant startAt) {
    return new Timetable(schedule, CREATED, Optional.of(startAt), Optional.empty());
  }
}
