package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DescriptionTest {

  private static final NamedZone BERLIN = Runs.zone("Europe/Berlin");
  private static final List<LocalTime> NOON = List.of(LocalTime.NOON);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 9 * * 1-5             | every weekday at 09:00, Europe/Berlin
          CRON_TZ=UTC 0 9 * * 1-5 | every weekday at 09:00, UTC
          * * * * *               | every minute, Europe/Berlin
          * * * * * *             | every second, Europe/Berlin
          */15 * * * *            | every 15 minutes, Europe/Berlin
          0,15,30,45 * * * *      | every 15 minutes, Europe/Berlin
          */7 * * * *             | every 7th minute from 0 to 56 of every hour, Europe/Berlin
          1-59/2 * * * *          | every 2nd minute from 1 to 59 of every hour, Europe/Berlin
          5/15 9-17 * * *         | every 15th minute from 5 to 50 from 09:00 to 17:59, Europe/Berlin
          0-9,30,40-45 * * * *    | minutes 0 to 9, 30 and 40 to 45 of every hour, Europe/Berlin
          5 * * * * *             | second 5 of every minute, Europe/Berlin
          */7 * * * * *           | every 7th second from 0 to 56 of every minute, Europe/Berlin
          * */5 * * *             | every minute of every 5th hour from 0 to 20, Europe/Berlin
          * 22-3 * * *            | every minute of hours 0 to 3, 22 and 23, Europe/Berlin
          0 0 */2 * *             | on every 2nd day from the 1st to the 31st of every month at 00:00, Europe/Berlin
          0 0 1-15,L * *          | on the 1st to the 15th and the last day of every month at 00:00, Europe/Berlin
          0 0 1 */2 *             | on the 1st of every 2nd month from January to November at 00:00, Europe/Berlin
          0 0 1 3-10 *            | on the 1st of March to October at 00:00, Europe/Berlin
          0 0 0 1 1 ? *            | on the 1st of January at 00:00, Europe/Berlin
          */10 * * * * *          | every 10 seconds, Europe/Berlin
          30 */5 * * * *          | second 30 of every 5 minutes, Europe/Berlin
          */10 5 * * * *          | every 10 seconds of minute 5 of every hour, Europe/Berlin
          0 * * * *               | every hour, Europe/Berlin
          5 * * * *               | minute 5 of every hour, Europe/Berlin
          0 */2 * * *             | every 2 hours, Europe/Berlin
          5 */2 * * *             | minute 5 of every 2 hours, Europe/Berlin
          * 9 * * *               | every minute from 09:00 to 09:59, Europe/Berlin
          */15 9-17 * * MON-FRI   | every 15 minutes from 09:00 to 17:59, every weekday, Europe/Berlin
          7-12 0,6,12 * * SAT,SUN | minutes 7 to 12 of hours 0, 6 and 12, every Saturday and Sunday, Europe/Berlin
          */20 5 10 * * *         | every day at 10:05, 10:05:20 and 10:05:40, Europe/Berlin
          0 0 0,4,8,12,16,20 * * *  | every day at 00:00, 04:00, 08:00, 12:00, 16:00 and 20:00, Europe/Berlin
          0 9,17 1,15 * *         | on the 1st and the 15th of every month at 09:00 and 17:00, Europe/Berlin
          0 0 L * *               | on the last day of every month at 00:00, Europe/Berlin
          0 0 L-3 * ?             | on the 4th to last day of every month at 00:00, Europe/Berlin
          0 0 15W * ?             | on the weekday nearest to the 15th of every month at 00:00, Europe/Berlin
          0 0 LW 1,6 ?            | on the weekday nearest to the last day of January and June at 00:00, Europe/Berlin
          0 12 * * 5#3            | on the 3rd Friday of the month at 12:00, Europe/Berlin
          0 12 * * 7L             | on the last Sunday of the month at 12:00, Europe/Berlin
          0 12 * 3 1,5L           | every Monday and on the last Friday of the month in March at 12:00, Europe/Berlin
          0 12 13 * FRI           | on the 13th of every month and every Friday at 12:00, Europe/Berlin
          0 12 13 * +FRI          | on the 13th of every month if that is a Friday at 12:00, Europe/Berlin
          0 0 12 * * ? 2026-2028  | every day at 12:00 from 2026 to 2028, Europe/Berlin
          0 0 12 * * ? 2026,2028  | every day at 12:00 in 2026 and 2028, Europe/Berlin
          0 0 12 * * ? 2026       | every day at 12:00 in 2026, Europe/Berlin
          0 0 0 1 1 ? */2         | on the 1st of January at 00:00, every 2nd year from 1970 on, Europe/Berlin
          0 0 0 1 1 ? 2026/3      | on the 1st of January at 00:00, every 3rd year from 2026 on, Europe/Berlin
          0 0 * * * ? 2026-2040/3 | every hour, every 3rd year from 2026 to 2038, Europe/Berlin
          0 0 12 * * ? 2026-9999  | every day at 12:00 from 2026 on, Europe/Berlin
          0 0 12 * * ? 2026-2030,2040 | every day at 12:00 in 2026 to 2030 and 2040, Europe/Berlin
          0 0 12 * * ? 2026/4000  | every day at 12:00 in 2026 and 6026, Europe/Berlin
          0 0 */1 * MON           | every day at 00:00, Europe/Berlin
          0 0 1 * */1             | every day at 00:00, Europe/Berlin
          0 0 */1 6 +MON          | every Monday in June at 00:00, Europe/Berlin
          0 0 * 6 *               | every day in June at 00:00, Europe/Berlin
          @yearly                 | on the 1st of January at 00:00, Europe/Berlin
          @weekly                 | every Sunday at 00:00, Europe/Berlin
          @hourly                 | every hour, Europe/Berlin
          @every 90s              | every 1 minute 30 seconds
          @every 1h               | every hour
          @every 1.5h             | every 1 hour 30 minutes
          @every 1h0m0.25s        | every 1 hour 250 milliseconds
          """)
  void cronReadsAsEnglish(String expression, String description) {
    // When
    String described = new CronSchedule(expression, BERLIN, null).describe();

    // Then
    assertThat(described).isEqualTo(description);
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        Arguments.of(new DurationSchedule(Duration.ofDays(1), null), "every day"),
        Arguments.of(
            new DurationSchedule(Duration.ofMillis(90_061_001), null),
            "every 1 day 1 hour 1 minute 1 second 1 millisecond"),
        Arguments.of(
            new DurationSchedule(Duration.ofMinutes(2), From.COMPLETION),
            "2 minutes after each run ends"),
        Arguments.of(
            new RandomDurationSchedule(Duration.ofSeconds(1), Duration.ofMinutes(5), null),
            "1 second to 5 minutes, drawn at random, after each other"),
        Arguments.of(
            new RandomDurationSchedule(
                Duration.ofSeconds(1), Duration.ofMinutes(5), From.COMPLETION),
            "1 second to 5 minutes, drawn at random, after each run ends"),
        Arguments.of(
            new DailySchedule(1, List.of(LocalTime.NOON, LocalTime.MIN), BERLIN, null),
            "every day at 00:00 and 12:00, Europe/Berlin"),
        Arguments.of(new DailySchedule(2, NOON, null, null), "every other day at 12:00, UTC"),
        Arguments.of(new DailySchedule(3, NOON, null, null), "every 3 days at 12:00, UTC"),
        Arguments.of(
            new WeeklySchedule(
                1, List.copyOf(EnumSet.allOf(DayOfWeek.class)), NOON, null, null, null),
            "every day at 12:00, UTC"),
        Arguments.of(
            new WeeklySchedule(2, List.of(DayOfWeek.MONDAY), NOON, null, null, null),
            "every Monday of every other week at 12:00, UTC"),
        Arguments.of(
            new MonthlySchedule(1, List.of(1, 2, 3, 11, 22, 31), NOON, null, null),
            "on the 1st, the 2nd, the 3rd, the 11th, the 22nd and the 31st of every month at 12:00, UTC"),
        Arguments.of(
            new MonthlySchedule(6, List.of(-1, -2, -13), NOON, null, null),
            "on the last day, the 2nd to last day and the 13th to last day of every 6 months at 12:00, UTC"),
        Arguments.of(
            new MonthlySchedule(1, IntStream.rangeClosed(1, 14).boxed().toList(), NOON, null, null),
            "on the 1st to the 14th of every month at 12:00, UTC"),
        Arguments.of(new OnceSchedule(List.of()), "once, at once"),
        Arguments.of(new OnceSchedule(List.of(Instant.EPOCH)), "once at 1970-01-01T00:00:00Z"),
        Arguments.of(
            new EventSchedule(List.of("run.failed"), List.of(), List.of()), "on run.failed"),
        Arguments.of(
            new EventSchedule(List.of("run.failed", "job.*"), List.of("a", "b"), List.of("c", "d")),
            "on run.failed or job.* of job a or b tagged c and d"));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void everyOtherKindReadsAsEnglishToo(Schedule schedule, String description) {
    // When
    String described = schedule.describe();

    // Then
    assertThat(described).isEqualTo(description);
  }
}
