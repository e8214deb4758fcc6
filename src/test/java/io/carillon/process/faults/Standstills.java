package io.carillon.process.faults;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this very process did not run: a machine that was suspended, or so busy that what is
 * measured on it tells nothing about the service.
 */
final class Standstills implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(50);

  /** Shorter ones are the collector's, or those of a machine that has other work. */
  private static final Duration NOTABLE = Duration.ofSeconds(2);

  private final LongAdder count = new LongAdder();
  private volatile boolean closed;

  Standstills() {
    Thread ticking = new Thread(this::tick, "standstills");
    ticking.setDaemon(true);
    ticking.start();
  }

  /** How many there have been so far. */
  long count() {
    return count.sum();
  }

  private void tick() {
    long last = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(TICK.toNanos());
      long now = System.nanoTime();
      if (now - last > NOTABLE.toNanos()) {
        count.increment();
      }
      last = now;
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
