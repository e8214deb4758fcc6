package io.carillon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether promised times are judged, and how strictly. They are the machine's as much as the
 * service's, so a build that shares its machine only tells them.
 *
 * @param factor by how much times may exceed what is promised; none where they are not judged
 */
public record Slack(Optional<Double> factor) {

  private static final Double THE_PROMISE_ITSELF = 1.0;

  /**
   * What {@code carillon.faults.slack} says; where only {@code carillon.faults} is given, the
   * promise itself; where neither is, nothing.
   */
  public static Slack ofSystemProperties() {
    return new Slack(
        Optional.ofNullable(System.getProperty("carillon.faults.slack"))
            .map(Double::valueOf)
            .or(
                () ->
                    Optional.ofNullable(System.getProperty("carillon.faults"))
                        .map(times -> THE_PROMISE_ITSELF)));
  }

  /** Asserts, where times are judged, that something took less than promised, and the slack. */
  public void judge(String what, Duration took, Duration promised) {
    factor.ifPresent(
        allowed ->
            assertThat(took)
                .as(what)
                .isLessThan(Duration.ofMillis(Math.round(promised.toMillis() * allowed))));
  }

  @Override
  public String toString() {
    return factor
        .map(allowed -> "times may be " + allowed + " × what is promised")
        .orElse("times are not judged");
  }
}
