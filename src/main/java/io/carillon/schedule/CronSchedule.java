package io.carillon.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/**
 * At the times a cron expression names; the grammar stands in the description of this package.
 *
 * @param expression at most 1,024 characters
 * @param timezone of no effect where the expression begins with {@code CRON_TZ=} or {@code TZ=}
 */
public record CronSchedule(String expression, ZoneId timezone, DstPolicy dst) implements Schedule {

  public CronSchedule {
    timezone = ZoneNames.orUtc(timezone);
    dst = DstPolicy.orDefault(dst);
    Faults faults = new Faults();
    if (expression == null) {
      faults.add("/expression", "required", "a cron expression is required");
    } else {
      CronParser.check(expression, faults);
    }
    ZoneNames.check(timezone, faults);
    faults.throwIfAny();
  }

  @Override
  public String describe() {
    return CronExpression.parse(expression).rule().describe(zone());
  }

  @Override
  public ZoneId zone() {
    return CronExpression.parse(expression).zone().orElse(timezone);
  }

  @Override
  public Optional<Duration> shortestInterval() {
    return Optional.of(CronExpression.parse(expression).rule().shortestInterval());
  }
}
