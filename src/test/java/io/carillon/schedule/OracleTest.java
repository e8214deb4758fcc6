package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Timetables against {@link WallClockOracle} on random schedules, zones and instants. {@code
 * -Dcarillon.oracle.cases=10000000} asks for more cron cases, {@code -Dcarillon.oracle.seed=7} for
 * others.
 */
class OracleTest {

  private static final int CASES = Integer.getInteger("carillon.oracle.cases", 100_000);
  private static final long SEED = Long.getLong("carillon.oracle.seed", 20_260_101L);

  /** So far the oracle looks: over two years, not to the end of the calendar. */
  private static final int DAYS = 800;

  @Test
  void cronAgreesWithTheOracle() {
    forEachCase(
        CASES,
        i -> {
          RandomSchedules draw = new RandomSchedules(new SplittableRandom(SEED + i));
          CronSchedule cron = new CronSchedule(draw.cron(), draw.zone(), draw.policy());
          CronReading reading = new CronReading(cron.expression());
          Overlap overlap = reading.isHourFixed() ? Overlap.FIRST : Overlap.BOTH;
          compare(
              cron,
              draw.instant(cron.zone()),
              Timetable.EARLIEST,
              new WallClockOracle(
                  reading,
                  cron.zone(),
                  cron.dst().gap().orElse(Gap.SKIP),
                  cron.dst().overlap().orElse(overlap)));
        });
  }

  @Test
  void dailyAgreesWithTheOracle() {
    forEachCase(
        CASES / 10,
        i -> {
          RandomSchedules draw = new RandomSchedules(new SplittableRandom(SEED + i));
          NamedZone zone = draw.zone();
          DailySchedule daily = draw.daily(zone);
          Instant anchor = draw.instant(zone.id());
          LocalDate first = LocalDate.ofInstant(anchor, zone.id());
          compare(
              daily,
              draw.instant(zone.id()),
              anchor,
              oracle(
                  day -> ChronoUnit.DAYS.between(first, day) % daily.every() == 0,
                  daily.at(),
                  zone.id(),
                  daily.dst()));
        });
  }

  @Test
  void weeklyAgreesWithTheOracle() {
    forEachCase(
        CASES / 10,
        i -> {
          RandomSchedules draw = new RandomSchedules(new SplittableRandom(SEED + i));
          NamedZone zone = draw.zone();
          WeeklySchedule weekly = draw.weekly(zone);
          Instant anchor = draw.instant(zone.id());
          DayOfWeek begin = weekly.weekStart();
          LocalDate first =
              LocalDate.ofInstant(anchor, zone.id()).with(TemporalAdjusters.previousOrSame(begin));
          compare(
              weekly,
              draw.instant(zone.id()),
              anchor,
              oracle(
                  day ->
                      weekly.on().contains(day.getDayOfWeek())
                          && ChronoUnit.WEEKS.between(
                                      first, day.with(TemporalAdjusters.previousOrSame(begin)))
                                  % weekly.every()
                              == 0,
                  weekly.at(),
                  zone.id(),
                  weekly.dst()));
        });
  }

  @Test
  void monthlyAgreesWithTheOracle() {
    forEachCase(
        CASES / 10,
        i -> {
          RandomSchedules draw = new RandomSchedules(new SplittableRandom(SEED + i));
          NamedZone zone = draw.zone();
          MonthlySchedule monthly = draw.monthly(zone);
          Instant anchor = draw.instant(zone.id());
          YearMonth first = YearMonth.from(LocalDate.ofInstant(anchor, zone.id()));
          compare(
              monthly,
              draw.instant(zone.id()),
              anchor,
              oracle(
                  day ->
                      ChronoUnit.MONTHS.between(first, YearMonth.from(day)) % monthly.every() == 0
                          && (monthly.on().contains(day.getDayOfMonth())
                              || monthly
                                  .on()
                                  .contains(day.getDayOfMonth() - 1 - day.lengthOfMonth())),
                  monthly.at(),
                  zone.id(),
                  monthly.dst()));
        });
  }

  private static void forEachCase(int cases, IntConsumer check) {
    IntStream.range(0, cases).parallel().forEach(check);
  }

  private static WallClockOracle oracle(
      Predicate<LocalDate> days, List<LocalTime> times, ZoneId zone, DstPolicy dst) {
    WallClockOracle.Wall wall =
        new WallClockOracle.Wall() {
          @Override
          public boolean day(LocalDate day) {
            return days.test(day);
          }

          @Override
          public boolean minute(int hour, int minute) {
            return times.stream()
                .anyMatch(time -> time.getHour() == hour && time.getMinute() == minute);
          }

          @Override
          public boolean second(LocalTime time) {
            return times.contains(time);
          }
        };
    return new WallClockOracle(
        wall, zone, dst.gap().orElse(Gap.AFTER), dst.overlap().orElse(Overlap.FIRST));
  }

  private static void compare(
      Schedule schedule, Instant instant, Instant anchor, WallClockOracle oracle) {
    Timetable timetable = new Timetable(schedule, anchor, Optional.empty(), Optional.empty());
    Instant after = instant.isBefore(anchor) ? anchor : instant;

    Optional<Instant> next = timetable.next(after, new Random(0));
    Optional<Instant> previous = timetable.previous(instant);

    Instant horizon = after.plus(DAYS, ChronoUnit.DAYS);
    assertThat(next.filter(found -> found.isBefore(horizon)))
        .as("next of %s after %s", schedule, after)
        .isEqualTo(oracle.next(after, DAYS).filter(found -> found.isBefore(horizon)));
    Instant bound = instant.minus(DAYS, ChronoUnit.DAYS);
    Instant begin = bound.isBefore(anchor) ? anchor : bound;
    assertThat(previous.filter(found -> found.isAfter(begin)))
        .as("previous of %s before %s", schedule, instant)
        .isEqualTo(oracle.previous(instant, DAYS).filter(found -> found.isAfter(begin)));
  }
}
