package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private final Parameters query = new Parameters();

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "500, 500",
    "501, 500",
    "0000000007, 7",
    "2147483647, 500",
    "2147483648, 500",
    "9223372036854775808, 500"
  })
  void aCountIsCutToTheMost(String text, int count) {
    assertThat(query.pageSize(text)).isEqualTo(count);
    assertThatCode(query::check).doesNotThrowAnyException();
  }

  @Test
  void aCountOfAnyLengthIsCutToTheMost() {
    assertThat(query.pageSize("9".repeat(3_000))).isEqualTo(500);
    assertThatCode(query::check).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "-0", "00", "-1", "-9223372036854775809", "", " ", "1.0", "1e3", "x"})
  void aCountBelowTheLeastOrNoneIsRefused(String text) {
    query.pageSize(text);
    assertThatThrownBy(query::check).isInstanceOf(HttpProblem.class);
  }
}
