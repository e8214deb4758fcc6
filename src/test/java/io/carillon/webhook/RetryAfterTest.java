package io.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("1994-11-06T08:49:07Z"));

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "' 7 ', PT7S",
    "86400, PT24H",
    "86401, PT24H",
    "99999999999999999999, PT24H"
  })
  void secondsAreReadAndCapped(String field, Duration expected) {
    assertThat(read(field)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 06 Nov 1994 08:49:37 GMT', PT30S",
    "'Sun, 06 Nov 1994 08:49:00 GMT', PT0S",
    "'Tue, 08 Nov 1994 08:49:37 GMT', PT24H"
  })
  void datesAreReadAndCapped(String field, Duration expected) {
    assertThat(read(field)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "-1", "1.5", "12s", "soon", "2026-01-01T00:00:00Z", "١٢"})
  void whatCannotBeReadIsNothing(String field) {
    assertThat(read(field)).isEmpty();
  }

  @Test
  void aWishIsNeverNegative() {
    assertThat(read("Sun, 06 Nov 1970 08:49:37 GMT")).isEmpty();
    assertThat(read("Fri, 06 Nov 1970 08:49:37 GMT")).contains(Duration.ZERO);
  }

  private static Optional<Duration> read(String field) {
    return RetryAfter.read(field, CLOCK);
  }
}
