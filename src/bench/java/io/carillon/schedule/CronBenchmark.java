package io.carillon.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The next occurrence after a random instant of ten years, in Berlin, by us and by three others.
 * {@code mvn -Pbench process-test-classes} runs it; {@code -Dbench.args="CronBenchmark.carillon"}
 * runs a part.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CronBenchmark {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int INSTANTS = 1_024;

  @Param({
    "* * * * * ?",
    "0 * * * * ?",
    "0 */15 9-17 ? * MON-FRI",
    "0 0 9 * * ?",
    "0 0 0 L * ?",
    "0 0 12 ? * FRI#3",
    "0 0 0 29 2 ?"
  })
  public String expression;

  private final Instant[] instants = new Instant[INSTANTS];
  private final ZonedDateTime[] times = new ZonedDateTime[INSTANTS];
  private final Date[] dates = new Date[INSTANTS];
  private int turn;

  private Timetable carillon;
  private ExecutionTime cronUtils;
  private org.quartz.CronExpression quartz;
  private org.springframework.scheduling.support.CronExpression spring;

  @Setup
  public void prepare() throws ParseException {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < INSTANTS; i++) {
      instants[i] =
          Instant.parse("2020-01-01T00:00:00Z").plusMillis(random.nextLong(315_360_000_000L));
      times[i] = instants[i].atZone(BERLIN);
      dates[i] = Date.from(instants[i]);
    }
    carillon =
        new Timetable(
            new CronSchedule(
                expression, ZoneNames.find(BERLIN.getId()).orElseThrow(), DstPolicy.DEFAULT),
            Timetable.EARLIEST,
            Optional.empty(),
            Optional.empty());
    // Quartz and cron-utils count Sunday as 1 but understand the names alike, save before #.
    String counted = expression.replace("FRI#3", "6#3");
    cronUtils =
        ExecutionTime.forCron(
            new com.cronutils.parser.CronParser(
                    CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
                .parse(counted));
    quartz = new org.quartz.CronExpression(counted);
    quartz.setTimeZone(TimeZone.getTimeZone(BERLIN));
    spring = org.springframework.scheduling.support.CronExpression.parse(expression);
  }

  private int turn() {
    turn = (turn + 1) % INSTANTS;
    return turn;
  }

  @Benchmark
  public Object carillon() {
    return carillon.next(instants[turn()], null);
  }

  @Benchmark
  public Object cronUtils() {
    return cronUtils.nextExecution(times[turn()]);
  }

  @Benchmark
  public Object quartz() {
    return quartz.getTimeAfter(dates[turn()]);
  }

  @Benchmark
  public Object spring() {
    return spring.next(times[turn()]);
  }
}
