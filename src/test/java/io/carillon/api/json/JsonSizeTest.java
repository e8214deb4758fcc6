package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSizeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "{\"a\":[1.50,true,false,null],\"é\":{\"b\":\"ü€😀\"}}",
        "[[],[{}],-1E400]"
      })
  void withoutBlanksAndEscapesItIsThatOfTheText(String text) {
    assertThat(JsonSize.of(JsonReader.read(text)))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void blanksAndEscapesDoNotCount() {
    // Given
    String plain = "{\"a\":[\"Aé😀\"]}";
    String spelt = " {\n\"\\u0061\" : [ \"\\u0041\\u00e9\\ud83d\\ude00\" ] } ";

    // Then
    assertThat(JsonSize.of(JsonReader.read(spelt))).isEqualTo(JsonSize.of(JsonReader.read(plain)));
    assertThat(JsonSize.of(JsonReader.read("\"\\u0001\\n\\\"\""))).isEqualTo(5);
  }
}
