package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {

  @Test
  void whatStaysTheSameDoesNotGrow() {
    // When
    Trend trend = Trend.of(List.of(7.0, 7.0, 7.0));

    // Then
    assertThat(trend).isEqualTo(new Trend(7, 0));
    assertThat(trend.isFlatWithin(0, 0)).isTrue();
  }

  @Test
  void whatLeaksGrowsByAllOfIt() {
    // Given
    List<Double> samples = IntStream.rangeClosed(0, 100).mapToObj(i -> 50.0 + i).toList();

    // When
    Trend trend = Trend.of(samples);

    // Then
    assertThat(trend.growth()).isCloseTo(100, within(1e-9));
    assertThat(trend.isFlatWithin(0.5, 40)).isFalse();
    assertThat(trend.isFlatWithin(0.5, 101)).isTrue();
    assertThat(trend.isFlatWithin(1.1, 0)).isTrue();
  }

  @Test
  void whatOnlyGoesUpAndDownDoesNotGrow() {
    // Given
    List<Double> samples = IntStream.range(0, 101).mapToObj(i -> 50.0 + (i % 2) * 20).toList();

    // When
    Trend trend = Trend.of(samples);

    // Then
    assertThat(trend.growth()).isCloseTo(0, within(1.0));
  }

  @Test
  void oneSampleIsNoTrend() {
    // When, Then
    assertThatThrownBy(() -> Trend.of(List.of(1.0))).isInstanceOf(IllegalArgumentException.class);
  }
}
