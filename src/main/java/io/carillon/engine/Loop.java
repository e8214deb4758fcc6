package io.carillon.engine;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that takes one step after another, and waits between them as long as the step says or
 * until it is nudged. A step that fails is logged; the loop goes on after a second. What a loop
 * does knows nothing of the thread: of a loop that was never started, steps can be taken one by
 * one, each when its owner likes.
 */
final class Loop implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Loop.class.getName());
  static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofMinutes(1);
  private static final long MOST_WAIT_FOR_END_MS = 5_000;

  /** What a loop does again and again. */
  interface Step {
    /**
     * @return how long to wait before the next one, a minute at most; zero or less for not at all
     */
    Duration take();
  }

  private final Step step;
  private final Thread thread;
  private volatile boolean nudged;
  private volatile boolean ending;

  Loop(String name, Step step) {
    this.step = step;
    this.thread = new Thread(this::run, "carillon-" + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Has the next step taken now; cheap where one is under way. */
  void nudge() {
    if (!nudged) {
      nudged = true;
      LockSupport.unpark(thread);
    }
  }

  /** Whether the next step is to be taken now. */
  boolean isNudged() {
    return nudged;
  }

  /**
   * Takes one step on the caller's thread.
   *
   * @return how long to wait before the next one
   * @throws RuntimeException what the step failed with
   */
  Duration step() {
    nudged = false;
    return step.take();
  }

  private void run() {
    while (!ending) {
      long wait = nanos(stepOrWait());
      long until = System.nanoTime() + wait;
      while (wait > 0 && !nudged && !ending) {
        LockSupport.parkNanos(this, wait);
        wait = until - System.nanoTime();
      }
    }
  }

  /** A next instant may lie further away than a number of ns can tell. */
  private static long nanos(Duration wait) {
    if (wait.isNegative()) {
      return 0;
    }
    return wait.compareTo(MOST_WAIT) > 0 ? MOST_WAIT.toNanos() : wait.toNanos();
  }

  private Duration stepOrWait() {
    try {
      return step();
    } catch (StoreUnavailable unavailable) {
      LOG.log(Level.DEBUG, "step postponed loop={0} cause={1}", thread.getName(), unavailable);
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, "step failed loop=" + thread.getName(), failure);
    }
    return AFTER_FAILURE;
  }

  /** Ends the loop after the step under way. */
  @Override
  public void close() {
    ending = true;
    LockSupport.unpark(thread);
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      TimeUnit.MILLISECONDS.timedJoin(thread, MOST_WAIT_FOR_END_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
