package io.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessMetricTest {

  private static final String EARLIER =
      """
      # TYPE carillon_fire_lateness_seconds histogram
      carillon_fire_lateness_seconds_bucket{le="0.001"} 100
      carillon_fire_lateness_seconds_bucket{le="0.01"} 200
      carillon_fire_lateness_seconds_bucket{le="+Inf"} 300
      """;
  private static final String LATER =
      """
      carillon_fire_lateness_seconds_bucket{le="0.001"} 160
      carillon_fire_lateness_seconds_bucket{le="0.01"} 299
      carillon_fire_lateness_seconds_bucket{le="+Inf"} 400
      carillon_fire_lateness_seconds_count 400
      """;

  @Test
  void onlyWhatWasAddedIsLookedAt() {
    LatenessMetric added = LatenessMetric.of(LATER).since(LatenessMetric.of(EARLIER));

    assertThat(added.atMostMillis(50)).isEqualTo(1);
    assertThat(added.atMostMillis(99)).isEqualTo(10);
    assertThat(added.atMostMillis(100)).isInfinite();
  }

  @Test
  void withoutTheMetricThereIsNoFigure() {
    assertThat(LatenessMetric.of("process_cpu_usage 0.1\n").atMostMillis(99)).isNaN();
  }
}
