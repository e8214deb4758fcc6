package io.carillon.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPatternTest {

  @ParameterizedTest
  @CsvSource({"2xx, 200", "2xx, 299", "4xx, 404", "204, 204", "5xx, 599", "1xx, 100"})
  void aStatusOfItsKindMatches(String pattern, int status) {
    assertThat(new StatusPattern(pattern).matches(status)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2xx, 199", "2xx, 300", "204, 200", "204, 205", "4xx, 500", "2xx, 2000"})
  void anyOtherDoesNot(String pattern, int status) {
    assertThat(new StatusPattern(pattern).matches(status)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2", "20", "2x", "2XX", "20x", "x00", "600", "099", "0xx", "6xx", "2000"})
  void whatIsNoPatternIsRefused(String text) {
    assertThat(StatusPattern.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new StatusPattern(text));
  }

  @Test
  void aPatternReadsAsItIsWritten() {
    assertThat(StatusPattern.parse("2xx")).contains(StatusPattern.SUCCESSFUL);
  }
}
