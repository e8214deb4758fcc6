package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.carillon.api.json.Json.Obj;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "{\"b\":1,\"a\":[true,false,null]}",
        "{\"n\":[1.50,1E400,-0,12345678901234567890123]}",
        "\"\\u0001 \\\" \\\\ é 😀\""
      })
  void whatIsReadIsWrittenBackWithEveryDigitInItsOrder(String text) {
    assertThat(JsonText.of(JsonReader.read(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{]",
        "{'a':1}",
        "[1,]",
        "{\"a\":1} x",
        "NaN",
        "01",
        "tru",
        "\"\n\""
      })
  void whatIsNoJsonIsRefusedWithItsPlace(String text) {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> JsonReader.read(text))
        .withMessageMatching(".*\\(line \\d+, column \\d+\\)\\.");
  }

  @Test
  void tellsLineAndColumnOfAMistake() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> JsonReader.read("{\n  \"a\": tru\n}"))
        .withMessageContaining("line 2");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'}))
        .withMessageContaining("UTF-8");
    assertThat(JsonReader.read("\"é\"".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Json.Str("é"));
  }

  @Test
  void remembersWhichMembersWereRepeated() {
    // When
    Obj read = (Obj) JsonReader.read("{\"a\":1,\"b\":2,\"a\":3}");

    // Then
    assertThat(read.repeated()).containsExactly("a");
  }
}
