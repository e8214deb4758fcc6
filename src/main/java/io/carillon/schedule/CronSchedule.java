package io.carillon.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * At the times a cron expression names.
 *
 * <p>Five fields, divided by spaces and tabs: minute 0–59, hour 0–23, day of month 1–31, month 1–12
 * or {@code JAN}–{@code DEC}, day of week 0–7 or {@code SUN}–{@code SAT}, where 0 and 7 are Sunday.
 * Six have the second in front, seven also a year, 1–9999, behind. Names are read in any case.
 *
 * <ul>
 *   <li>{@code *}, {@code 5}, {@code 1-5}, {@code 1,3,5}. A range may run over the end of its unit,
 *       {@code 22-2} or {@code FRI-MON}, save that of years.
 *   <li>Steps from 1 to the greatest number of the unit: <code>&#42;/15</code>, {@code
 *       9-17/2}, and {@code 5/15}, which runs on to the end of the unit; that of a week is Saturday. In
 *       the year field <code>&#42;/2</code> counts from 1970.
 *   <li>Day of month: {@code L} the last, {@code L-3} three before it, {@code 15W} the day from
 *       Monday to Friday nearest to the 15th within its month, {@code LW}, {@code L-3W}. A month
 *       without the day is skipped.
 *   <li>Day of week: {@code 5#3} the third Friday, {@code 5L} or {@code 5#L} the last.
 *   <li>{@code ?} is {@code *} in either. Where both are restricted, by anything but a bare {@code
 *       *} or {@code ?}, either suffices; after a leading {@code +}, as in {@code 13 * +FRI}, both
 *       must hold.
 *   <li>{@code @yearly}, {@code @annually}, {@code @monthly}, {@code @weekly}, {@code @daily}, {@code
 *       @midnight}, {@code @hourly}; {@code @every 1h30m} is anchored as a {@link DurationSchedule}
 *       is.
 *   <li>{@code CRON_TZ=Asia/Tokyo} or {@code TZ=} in front beats the timezone.
 * </ul>
 *
 * <p>With a fixed hour (no {@code *} and no step in its field) the default is to skip a gap and to run
 * the first time in an overlap; any other expression runs through both by elapsed time.
 *
 * <p>Sources: crontab(5), <a href="https://github.com/robfig/cron">robfig/cron</a>, <a
 * href="https://www.quartz-scheduler.org/documentation/">Quartz</a>, <a
 * href="https://github.com/open-source-cron/ocps">Open Cron Pattern Specification</a>.
 *
 * <p>A value, as the other schedules are; no record, since it holds the expression understood, so
 * that nothing is parsed when a job rings.
 */
public final class CronSchedule implements Schedule {

  private final String expression;
  private final NamedZone timezone;
  private final DstPolicy dst;
  private final CronExpression understood;

  /**
   * @param expression at most 1,024 characters; white space around it is dropped
   * @param timezone of no effect where the expression names one itself; null for UTC
   * @param dst null for the default
   * @throws InvalidSchedule with every fault of the expression
   */
  public CronSchedule(String expression, NamedZone timezone, DstPolicy dst) {
    this.timezone = ZoneNames.orUtc(timezone);
    this.dst = DstPolicy.orDefault(dst);
    if (expression == null) {
      Faults faults = new Faults();
      faults.add("/expression", "required", "a cron expression is required");
      faults.throwIfAny();
    }
    this.understood = CronExpression.parse(expression);
    this.expression = CronToken.around(expression).text();
  }

  public String expression() {
    return expression;
  }

  public NamedZone timezone() {
    return timezone;
  }

  public DstPolicy dst() {
    return dst;
  }

  CronRule rule() {
    return understood.rule();
  }

  @Override
  public String describe() {
    return rule().describe(understood.zone().orElse(timezone));
  }

  @Override
  public ZoneId zone() {
    return understood.zone().orElse(timezone).id();
  }

  @Override
  public Optional<Duration> shortestInterval() {
    return Optional.of(rule().shortestInterval());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CronSchedule that
        && expression.equals(that.expression)
        && timezone.equals(that.timezone)
        && dst.equals(that.dst);
  }

  @Override
  public int hashCode() {
    return Objects.hash(expression, timezone, dst);
  }

  @Override
  public String toString() {
    return "CronSchedule[expression=%s, timezone=%s, dst=%s]".formatted(expression, timezone, dst);
  }
}
