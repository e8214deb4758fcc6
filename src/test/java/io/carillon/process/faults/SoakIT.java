package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Three replicas ring 200 times a second for as long as the system property {@code carillon.soak}
 * says ({@code PT1H}), and need no more of anything at the end than at the beginning.
 */
@EnabledIfSystemProperty(named = "carillon.soak", matches = "P.+")
class SoakIT {

  private static final Duration EVERY = Duration.ofSeconds(10);

  /** Until histories and events are full and the service has warmed up. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  /** What a trend may rise by over the whole time, as a part of the mean. */
  private static final double ALLOWED = 0.05;

  private final Map<Gauge, List<Double>> samples = new TreeMap<>();

  @Test
  void needsNoMoreAtTheEndThanAtTheBeginning() {
    // Given
    try (Bells bells = new Bells(Path.of(System.getProperty("carillon.jar")))) {
      bells.suffer(new Calm(WARM_UP), Duration.ZERO);
      Instant end = Instant.now().plus(Duration.parse(System.getProperty("carillon.soak")));

      // When
      while (Instant.now().isBefore(end)) {
        ringOnTime(bells);
        Gauge.readAll(bells.cluster())
            .forEach(
                (gauge, value) ->
                    samples.computeIfAbsent(gauge, first -> new ArrayList<>()).add(value));
      }

      // Then
      samples.forEach((gauge, values) -> System.out.println(gauge + " " + Trend.of(values)));
      assertThat(samples)
          .hasSize(Gauge.values().length)
          .allSatisfy(
              (gauge, values) ->
                  assertThat(Trend.of(values).isFlatWithin(ALLOWED, gauge.grain()))
                      .as("%s is flat: %s", gauge, values)
                      .isTrue());
    }
  }

  private static void ringOnTime(Bells bells) {
    Account account = bells.account(bells.suffer(new Calm(EVERY), Duration.ZERO));
    assertThat(account.lost()).isEmpty();
    assertThat(account.doubles()).isZero();
  }
}
