package io.carillon.engine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class LoopTest {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  private final Semaphore steps = new Semaphore(0);

  @Test
  void aNudgedLoopDoesNotWait() throws InterruptedException {
    // Given
    try (Loop loop = loop(AN_HOUR)) {
      steps.acquire();

      // When
      loop.nudge();

      // Then
      assertThat(steps.tryAcquire(200, SECONDS)).isTrue();
    }
  }

  @Test
  void aLoopWithNothingToWaitForGoesOn() throws InterruptedException {
    try (Loop loop = loop(Duration.ofSeconds(-1))) {
      assertThat(steps.tryAcquire(1_000, 200, SECONDS)).isTrue();
    }
  }

  /** An instant of the year 9999 is further away than a number of ns can tell. */
  @Test
  void aLoopThatIsToWaitForAgesCanStillBeNudged() throws InterruptedException {
    // Given
    try (Loop loop = loop(Duration.ofSeconds(Long.MAX_VALUE))) {
      steps.acquire();

      // When
      loop.nudge();

      // Then
      assertThat(steps.tryAcquire(200, SECONDS)).isTrue();
    }
  }

  @Test
  void aFailedStepIsFollowedByAnother() throws InterruptedException {
    // Given
    AtomicInteger failures = new AtomicInteger();
    Loop.Step failsTwice =
        () -> {
          if (failures.getAndIncrement() < 2) {
            throw new IllegalStateException("as the test wants it");
          }
          steps.release();
          return AN_HOUR;
        };

    // When
    try (Loop loop = new Loop("test", failsTwice)) {
      loop.start();

      // Then
      assertThat(steps.tryAcquire(200, SECONDS)).isTrue();
    }
  }

  @Test
  void aClosedLoopTakesNoMoreSteps() throws InterruptedException {
    // Given
    Loop loop = loop(Duration.ZERO);
    steps.acquire();

    // When
    loop.close();

    // Then
    steps.drainPermits();
    loop.nudge();
    await().during(Duration.ofMillis(100)).until(() -> steps.availablePermits() == 0);
  }

  @Test
  void aLoopMayCloseItself() throws InterruptedException {
    // Given
    Loop[] self = new Loop[1];
    self[0] =
        new Loop(
            "test",
            () -> {
              self[0].close();
              steps.release();
              return Duration.ZERO;
            });

    // When
    self[0].start();

    // Then
    assertThat(steps.tryAcquire(200, SECONDS)).isTrue();
    await().during(Duration.ofMillis(100)).until(() -> steps.availablePermits() == 0);
  }

  private Loop loop(Duration wait) {
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.release();
              return wait;
            });
    loop.start();
    return loop;
  }
}
