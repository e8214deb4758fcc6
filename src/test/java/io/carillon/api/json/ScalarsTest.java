package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class ScalarsTest {

  /** From the year -1000 to 11000. */
  @Property
  void anInstantIsWrittenByHandAsByTheFormatter(
      @ForAll @LongRange(min = -93_000_000_000_000L, max = 285_000_000_000_000L) long millis) {
    Instant instant = Instant.ofEpochMilli(millis);

    assertThat(Scalars.write(instant)).isEqualTo(Scalars.write(instant, ZoneOffset.UTC));
  }

  @Example
  void anInstantHasMillisecondsEvenIfTheyAreZero() {
    assertThat(Scalars.write(Instant.parse("2026-12-01T09:05:07Z")))
        .isEqualTo("2026-12-01T09:05:07.000Z");
    assertThat(Scalars.write(Instant.parse("2026-12-01T09:05:07.0349Z")))
        .isEqualTo("2026-12-01T09:05:07.034Z");
  }
}
