package io.carillon;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/**
 * Waits for what must come, however slow or busy the machine is. The bound ends a test that would
 * hang; it measures nothing.
 */
public final class Eventually {

  public static final Duration BOUND = Duration.ofMinutes(5);

  private Eventually() {}

  public static ConditionFactory eventually() {
    return await().atMost(BOUND);
  }

  /**
   * @param what is waited for, told where it does not come
   */
  public static ConditionFactory eventually(String what) {
    return await(what).atMost(BOUND);
  }
}
