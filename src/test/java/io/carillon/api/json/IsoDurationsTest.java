package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoDurationsTest {

  private static final long LONGEST = 3_652_059L * 86_400_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P1W             | PT168H",
        "P0.5W           | PT84H",
        "P1W2DT3H4M5.006S | PT219H4M5.006S",
        "P1D             | PT24H",
        "P0.5D           | PT12H",
        "P0,5D           | PT12H",
        "P1DT0.5H        | PT24H30M",
        "PT0.5H          | PT30M",
        "PT1.5M          | PT1M30S",
        "PT1H0.25M       | PT1H15S",
        "PT0.001S        | PT0.001S",
        "PT0,001S        | PT0.001S",
        "PT1.50000000000S | PT1.5S",
        "PT0.00001H      | PT0.036S",
        "PT1H0S          | PT1H",
        "PT90M           | PT1H30M",
        "PT0S            | PT0S",
        "P0W             | PT0S",
        "P007D           | PT168H",
        "P3652059D       | PT87649416H"
      })
  void readsWeeksAndAFractionOfTheSmallestUnit(String text, Duration expected) throws Unreadable {
    // When
    Duration duration = IsoDurations.read(text);

    // Then
    assertThat(duration).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P1M        | malformed    | holds years or months, which have no fixed length; count in days, or use a schedule of type monthly",
        "P1Y        | malformed    | holds years or months, which have no fixed length; count in days, or use a schedule of type monthly",
        "P1Y2M3DT4H | malformed    | holds years or months, which have no fixed length; count in days, or use a schedule of type monthly",
        "P0.5M      | malformed    | holds years or months, which have no fixed length; count in days, or use a schedule of type monthly",
        "-PT5S      | malformed    | has a sign; a duration is a length and has none",
        "+PT5S      | malformed    | has a sign; a duration is a length and has none",
        "PT-5S      | malformed    | has a sign; a duration is a length and has none",
        "P1DT-1H    | malformed    | has a sign; a duration is a length and has none",
        "-P-1W      | malformed    | has a sign; a duration is a length and has none",
        "PT1.5H30M  | malformed    | has a fraction that is not on the smallest unit given",
        "P0.5DT1S   | malformed    | has a fraction that is not on the smallest unit given",
        "P0.0WT1S   | malformed    | has a fraction that is not on the smallest unit given",
        "PT0.0005S  | too-fine     | has parts finer than a millisecond",
        "PT0.333333H | too-fine    | has parts finer than a millisecond",
        "P3652059DT0.001S | out-of-range | is longer than 9999 years",
        "P521723W   | out-of-range | is longer than 9999 years",
        "PT99999999999999999999S | out-of-range | is longer than 9999 years"
      })
  void refusesWithTheReason(String text, String code, String reason) {
    // When
    Unreadable refusal = catchThrowableOfType(Unreadable.class, () -> IsoDurations.read(text));

    // Then
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessage("\"" + text + "\" " + reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "P1",
        "PD",
        "PTS",
        "PT.5S",
        "PT5.S",
        "PT1,5,5S",
        "P1H",
        "P1S",
        "PT1D",
        "PT1W",
        "P1D1W",
        "PT1S1M",
        "P1D1D",
        "p1d",
        "pt5s",
        " PT5S",
        "PT5S\n",
        "PT 5S",
        "PT٥S",
        "PT1e3S",
        "P2026-01-01",
        "30s",
        "1h",
        "-",
        "P-"
      })
  void refusesWhatIsNoDuration(String text) {
    // When
    Unreadable refusal = catchThrowableOfType(Unreadable.class, () -> IsoDurations.read(text));

    // Then
    assertThat(refusal.code()).isEqualTo(Codes.MALFORMED);
    assertThat(refusal).hasMessageEndingWith(" is no duration such as PT30S, P1DT12H or P1W");
  }

  @Test
  void computesWithNoTextOfAMillionDigits() {
    // Given
    String text = "PT" + "9".repeat(1_000_000) + "S";

    // When
    Unreadable refusal = catchThrowableOfType(Unreadable.class, () -> IsoDurations.read(text));

    // Then
    assertThat(refusal.code()).isEqualTo(Codes.TOO_LONG);
    assertThat(refusal.getMessage()).hasSizeLessThan(200);
  }

  @Property
  void whatIsRenderedIsReadBackAsTheSame(@ForAll @LongRange(min = 0, max = LONGEST) long millis)
      throws Unreadable {
    // Given
    Duration duration = Duration.ofMillis(millis);

    // When
    String rendered = ((Json.Str) Rendering.value(duration)).value();

    // Then
    assertThat(IsoDurations.read(rendered)).isEqualTo(duration);
  }
}
