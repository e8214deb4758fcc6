package io.carillon.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

  @Test
  void aLongTextIsCutBetweenCharactersAndNeverInOne() {
    assertThat(Quoted.of("x" + "😀".repeat(80))).isEqualTo("\"x" + "😀".repeat(79) + "…\"");
    assertThat(Quoted.of("😀".repeat(80))).isEqualTo('"' + "😀".repeat(80) + '"');
  }
}
