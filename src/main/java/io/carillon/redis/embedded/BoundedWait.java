package io.carillon.redis.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for other processes, which announce nothing: by looking again, within a bound. */
final class BoundedWait {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private BoundedWait() {}

  /** Whether the condition has come to hold within the bound; looked at once at least. */
  static boolean until(Duration bound, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > bound.toNanos()) {
        return false;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis()); // Until the next look.
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    return true;
  }

  static EmbeddedRedisException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new EmbeddedRedisException("Interrupted while waiting for the embedded Redis", cause);
  }
}
