package io.carillon.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * Spreads over time what is made good after an outage, so that it does not delay what is due now:
 * so many claims a period and no more. Used by one thread.
 */
final class CatchUpPace {

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final int MOST_A_PERIOD = 100;

  private Instant periodEnds = Instant.MIN;
  private int left;

  /** Whether one more may be claimed now; if so, it is counted. */
  boolean allows(Instant now) {
    if (!now.isBefore(periodEnds)) {
      periodEnds = now.plus(PERIOD);
      left = MOST_A_PERIOD;
    }
    return left-- > 0;
  }

  /** When to ask again after a refusal. */
  Instant nextPeriod() {
    return periodEnds;
  }
}
