package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InvalidScheduleTest {

  private static final List<LocalTime> NOON = List.of(LocalTime.NOON);

  static Stream<Arguments> schedules() {
    return Stream.of(
        invalid(() -> new DurationSchedule(null, null), "/every required a duration is required"),
        invalid(() -> every("PT0S"), "/every out-of-range PT0S is not positive"),
        invalid(() -> every("-PT1S"), "/every out-of-range PT-1S is not positive"),
        invalid(
            () -> every("PT1.0005S"),
            "/every too-fine PT1.0005S has parts finer than a millisecond"),
        invalid(
            () -> every("P3652060D"), "/every out-of-range PT87649440H is longer than 9999 years"),
        invalid(
            () -> new RandomDurationSchedule(null, null, null),
            "/min required a duration is required",
            "/max required a duration is required"),
        invalid(
            () -> random("PT2S", "PT2S"),
            "/max out-of-range max PT2S is not greater than min PT2S"),
        invalid(
            () -> random("PT0S", "-PT1S"),
            "/min out-of-range PT0S is not positive",
            "/max out-of-range PT-1S is not positive",
            "/max out-of-range max PT-1S is not greater than min PT0S"),
        invalid(
            () -> new CronSchedule("61 * * * *", null, null),
            "/expression out-of-range minute 61 is out of 0–59 at column 1"),
        invalid(
            () -> new DailySchedule(0, null, null, null),
            "/every out-of-range every 0 is less than 1",
            "/at required a list of local times is required"),
        invalid(
            () -> new DailySchedule(1, List.of(), null, null),
            "/at empty the list of local times is empty"),
        invalid(
            () -> new DailySchedule(1, Arrays.asList(LocalTime.NOON, null), null, null),
            "/at/1 required a member of the list is missing"),
        invalid(
            () -> new DailySchedule(1, List.of(LocalTime.of(1, 2, 3, 1)), null, null),
            "/at/0 too-fine 01:02:03.000000001 has parts finer than a second"),
        invalid(
            () -> new WeeklySchedule(-1, null, null, null, null, null),
            "/every out-of-range every -1 is less than 1",
            "/on required a list of days of the week is required",
            "/at required a list of local times is required"),
        invalid(
            () -> new WeeklySchedule(1, List.of(), NOON, null, null, null),
            "/on empty the list of days of the week is empty"),
        invalid(
            () -> new MonthlySchedule(0, Arrays.asList(0, 32, -32, 1, null), NOON, null, null),
            "/every out-of-range every 0 is less than 1",
            "/on/4 required a member of the list is missing",
            "/on/0 out-of-range day 0 is neither 1 to 31 nor -1 to -31",
            "/on/1 out-of-range day 32 is neither 1 to 31 nor -1 to -31",
            "/on/2 out-of-range day -32 is neither 1 to 31 nor -1 to -31"),
        invalid(
            () -> new MonthlySchedule(1, List.of(Integer.MIN_VALUE), NOON, null, null),
            "/on/0 out-of-range day -2147483648 is neither 1 to 31 nor -1 to -31"),
        invalid(
            () -> new MonthlySchedule(1, null, null, null, null),
            "/on required a list of days of the month is required",
            "/at required a list of local times is required"),
        invalid(
            () -> new OnceSchedule(Arrays.asList(null, Instant.MAX, Instant.EPOCH, Instant.MIN)),
            "/at/0 required an instant is required",
            "/at/1 out-of-range +1000000000-12-31T23:59:59.999999999Z is outside the years 0001 to 9999",
            "/at/3 out-of-range -1000000000-01-01T00:00:00Z is outside the years 0001 to 9999"),
        invalid(
            () -> new OnceSchedule(List.of(Timetable.EARLIEST.minusNanos(1))),
            "/at/0 out-of-range 0000-12-31T23:59:59.999999999Z is outside the years 0001 to 9999"),
        invalid(
            () -> new OnceSchedule(List.of(Timetable.LATEST.plusMillis(1))),
            "/at/0 out-of-range +10000-01-01T00:00:00Z is outside the years 0001 to 9999"),
        invalid(
            () -> new EventSchedule(null, null, null),
            "/events required a list of event types is required"),
        invalid(
            () -> new EventSchedule(List.of(), List.of("A"), List.of(" ")),
            "/events empty the list of event types is empty",
            "/jobs/0 malformed \"A\" is no job id",
            "/tags/0 malformed a tag is blank"),
        invalid(
            () ->
                new EventSchedule(
                    Arrays.asList("run.*", "run", "job.failed", null, "", "RUN.*"),
                    Arrays.asList("-a", "a-", "a".repeat(64), null, "a".repeat(63)),
                    Collections.singletonList(null)),
            "/events/1 unknown \"run\" matches no event type",
            "/events/2 unknown \"job.failed\" matches no event type",
            "/events/3 unknown \"null\" matches no event type",
            "/events/4 unknown \"\" matches no event type",
            "/events/5 unknown \"RUN.*\" matches no event type",
            "/jobs/0 malformed \"-a\" is no job id",
            "/jobs/1 malformed \"a-\" is no job id",
            "/jobs/2 malformed \"" + "a".repeat(64) + "\" is no job id",
            "/jobs/3 malformed \"null\" is no job id",
            "/tags/0 malformed a tag is blank"));
  }

  private static Arguments invalid(Supplier<Schedule> schedule, String... faults) {
    return Arguments.of(schedule, List.of(faults));
  }

  private static Schedule every(String duration) {
    return new DurationSchedule(Duration.parse(duration), From.SCHEDULE);
  }

  private static Schedule random(String min, String max) {
    return new RandomDurationSchedule(Duration.parse(min), Duration.parse(max), From.SCHEDULE);
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void allThatIsWrongIsReportedAtOnce(Supplier<Schedule> schedule, List<String> faults) {
    // When
    InvalidSchedule invalid = catchThrowableOfType(InvalidSchedule.class, schedule::get);

    // Then
    assertThat(invalid.faults())
        .extracting(fault -> fault.pointer() + " " + fault.code() + " " + fault.detail())
        .containsExactlyElementsOf(faults);
    assertThat(invalid.faults())
        .allSatisfy(fault -> assertThat(invalid).hasMessageContaining(fault.detail()));
  }

  @Test
  void whatIsMissingTakesItsDefault() {
    // When
    DurationSchedule duration = new DurationSchedule(Duration.ofSeconds(1), null);
    WeeklySchedule weekly =
        new WeeklySchedule(1, List.of(DayOfWeek.MONDAY), NOON, null, null, null);
    EventSchedule event = new EventSchedule(List.of("*"), null, null);

    // Then
    assertThat(duration.from()).isEqualTo(From.SCHEDULE);
    assertThat(duration.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(weekly.weekStart()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(weekly.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(weekly.dst()).isEqualTo(DstPolicy.DEFAULT);
    assertThat(event.jobs()).isEmpty();
    assertThat(event.tags()).isEmpty();
    assertThat(event.from()).isEqualTo(From.SCHEDULE);
    assertThat(new OnceSchedule(null).at()).isEmpty();
  }

  @Test
  void listsAreKeptInOneFormSoThatEqualSchedulesAreEqual() {
    // When
    DailySchedule daily =
        new DailySchedule(1, List.of(LocalTime.NOON, LocalTime.MIN, LocalTime.NOON), null, null);
    WeeklySchedule weekly =
        new WeeklySchedule(
            1,
            List.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
            NOON,
            null,
            null,
            null);
    MonthlySchedule monthly =
        new MonthlySchedule(1, List.of(-2, 31, -1, 1, 31, 2), NOON, null, null);
    OnceSchedule once =
        new OnceSchedule(
            List.of(Instant.ofEpochMilli(7), Instant.ofEpochSecond(0, 7_999_999), Instant.EPOCH));
    EventSchedule event =
        new EventSchedule(List.of("job.*", "run.*", "job.*"), List.of("b", "b"), List.of("t", "t"));

    // Then
    assertThat(daily.at()).containsExactly(LocalTime.MIN, LocalTime.NOON);
    assertThat(weekly.on()).containsExactly(DayOfWeek.MONDAY, DayOfWeek.SUNDAY);
    assertThat(monthly.on()).containsExactly(1, 2, 31, -1, -2);
    assertThat(once.at()).containsExactly(Instant.EPOCH, Instant.ofEpochMilli(7));
    assertThat(event)
        .isEqualTo(new EventSchedule(List.of("job.*", "run.*"), List.of("b"), List.of("t")));
  }
}
