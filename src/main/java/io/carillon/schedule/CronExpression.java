package io.carillon.schedule;

import java.util.Optional;

/** A cron expression understood: the zone it names itself, if any, and when it runs. */
record CronExpression(Optional<NamedZone> zone, CronRule rule) {

  /**
   * @throws InvalidSchedule with every fault of the expression
   */
  static CronExpression parse(String expression) {
    Faults faults = new Faults();
    Optional<CronExpression> parsed = new CronParser(expression, faults).parse();
    faults.throwIfAny();
    return parsed.orElseThrow();
  }
}
