package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptedTypesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/*",
        "application/json",
        "Application/JSON ; Q=0.001",
        "application/json;charset=UTF-8",
        "*/*;q=0, application/json",
        "application/*;q=0, application/json;q=0.1",
        "text/html;q=0, */*;q=0.1",
        "application/json;version=1;q=0, application/json",
        "text/plain;x=\"application/json;q=0, \", */*",
        "application/json;q=0, application/json;q=1",
        "application/json;q=high",
      })
  void includeJson(String accept) {
    assertThat(includesJson(accept)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;q=0",
        "application/json;q=0, */*",
        "*/*, application/json ; q=0.000",
        "application/*;q=0, */*;q=1",
        "*/*;q=0",
        "text/*",
        "application/jso",
        "application/problem+json",
        "application/json;charset=utf-8;q=0, */*",
      })
  void excludeJson(String accept) {
    assertThat(includesJson(accept)).isFalse();
  }

  @Test
  void allLinesOfTheHeaderCount() {
    AcceptedTypes accepted = AcceptedTypes.read(List.of("*/*", "application/json;q=0"));

    assertThat(accepted.include(MediaType.APPLICATION_JSON_TYPE)).isFalse();
    assertThat(accepted.include(MediaType.TEXT_HTML_TYPE)).isTrue();
  }

  private static boolean includesJson(String accept) {
    return AcceptedTypes.read(List.of(accept)).include(MediaType.APPLICATION_JSON_TYPE);
  }
}
