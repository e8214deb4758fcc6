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
    "'Tue, 08 Nov 1994 08:49:37 GMT', PT24H",
    "'Sunday, 06-Nov-94 08:49:37 GMT', PT30S",
    "'Monday, 07-Nov-94 08:49:06 GMT', PT23H59M59S",
    "'Sunday, 06-Nov-94 08:49:00 GMT', PT0S",
    "'Sun Nov  6 08:49:37 1994', PT30S",
    "'Sun Nov 06 08:49:37 1994', PT30S",
    "'Wed Nov 16 08:49:37 1994', PT24H",
    "'Sat Nov  5 08:49:37 1994', PT0S"
  })
  void datesAreReadAndCapped(String field, Duration expected) {
    assertThat(read(field)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-1",
        "1.5",
        "12s",
        "soon",
        "2026-01-01T00:00:00Z",
        "١٢",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06-Nom-94 08:49:37 GMT",
        "Someday, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-94 25:49:37 GMT",
        "Sun Nov 6 08:49:37 94",
        "Mon Nov  6 08:49:37 1994"
      })
  void whatCannotBeReadIsNothing(String field) {
    assertThat(read(field)).isEmpty();
  }

  /** The clock stands at 1994-11-06T08:49:07Z. */
  @ParameterizedTest
  @CsvSource({
    "'Friday, 31-Dec-99 23:59:59 GMT', PT24H",
    "'Tuesday, 01-Jan-30 00:00:00 GMT', PT24H",
    "'Sunday, 06-Nov-44 08:49:07 GMT', PT24H",
    "'Monday, 06-Nov-44 08:49:08 GMT', PT0S",
    "'Saturday, 31-Dec-44 00:00:00 GMT', PT0S",
    "'Sunday, 01-Jan-45 00:00:00 GMT', PT0S",
    "'Friday, 06-Nov-70 08:49:37 GMT', PT0S"
  })
  void aYearOfTwoDigitsIsAtMostFiftyYearsAhead(String field, Duration expected) {
    assertThat(read(field)).contains(expected);
  }

  @Test
  void aYearOfTwoDigitsMayBeOfTheNextCentury() {
    // Given
    InstantSource newYearsEve = InstantSource.fixed(Instant.parse("1999-12-31T23:59:50Z"));

    // Then
    assertThat(RetryAfter.read("Saturday, 01-Jan-00 00:00:20 GMT", newYearsEve))
        .contains(Duration.ofSeconds(30));
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
