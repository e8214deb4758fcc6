package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

/**
 * A few jobs that a service fires each second at a receiver, and what has to hold of them whatever
 * happens to Redis meanwhile.
 */
final class Firing implements AutoCloseable {

  private static final int JOBS = 4;

  private final Receiver receiver = new Receiver();
  private final Chimes chimes;

  /** Registers the jobs and waits until all of them have been heard. */
  Firing(ServiceProcess service) {
    chimes = Chimes.register(service.client(), receiver, JOBS);
    Instant registered = Instant.now();
    eventually("the jobs ring at all")
        .until(() -> chimes.missing(registered).isEmpty() && heardAfter(registered));
  }

  private boolean heardAfter(Instant instant) {
    return receiver.deliveries().stream()
        .anyMatch(delivery -> delivery.scheduledAt().isAfter(instant));
  }

  /**
   * Waits until it fires again.
   *
   * @param promised how long it may take, where times are judged, until a webhook arrives whose
   *     time is later than now
   */
  void awaitNews(Duration promised) {
    Instant now = Instant.now();
    eventually("fires again").pollInterval(Duration.ofMillis(50)).until(() -> heardAfter(now));
    Slack.ofSystemProperties().judge("fires again", Duration.between(now, Instant.now()), promised);
  }

  /** Whether all has arrived that was due up to an instant. */
  boolean isComplete(Instant until) {
    return chimes.missing(until).isEmpty();
  }

  /** Waits until all has arrived that has been due up to now, and asserts that it has one name. */
  void assertNothingIsLostOrRunsTwice() {
    Instant now = Instant.now();
    eventually().untilAsserted(() -> assertThat(chimes.missing(now)).isEmpty());
    assertThat(chimes.ambiguous()).isEmpty();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
