package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchedTextTest {

  @ParameterizedTest
  @CsvSource({
    "Bells, https://ghent.example/ring, a b",
    "Bells, HTTPS://ghent.example/ring, a",
    "Bells, http://ghent.example//ring, ''",
    "'', https://ghent.example/https://x, ''"
  })
  void isReadAsItWasWritten(String name, String url, String tags) {
    // Given
    SearchedText text = new SearchedText(name, url, tags);

    // Then
    assertThat(SearchedText.read(text.written())).contains(text);
  }

  @Test
  void aNameMayHaveSeveralLines() {
    // Given
    SearchedText text = new SearchedText("The\nBells\n", "https://ghent.example/", "a");

    // Then
    assertThat(SearchedText.read(text.written())).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bells", "Bells\nhttps://ghent.example/"})
  void somethingElseIsNotRead(String written) {
    assertThat(SearchedText.read(written)).isEmpty();
  }
}
