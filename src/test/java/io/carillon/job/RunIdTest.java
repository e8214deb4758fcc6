package io.carillon.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {

  private static final Instant SCHEDULED_AT = Instant.ofEpochMilli(1_763_791_200_000L);

  @Test
  void theNameOfAnOccurrenceTellsItsJobAndItsTime() {
    assertThat(RunId.ofOccurrence("billing-nightly", "mi8z3kq0", SCHEDULED_AT))
        .hasToString("billing-nightly_mi8z3kq0_1763791200000");
  }

  @Test
  void theNameOfARunByHandIsMarked() {
    assertThat(RunId.byHand("billing-nightly", "mi8z3kq0", SCHEDULED_AT, "x7"))
        .hasToString("billing-nightly_mi8z3kq0_m1763791200000-x7");
  }

  @Test
  void aNameReadsBackAsTheSame() {
    // Given
    RunId occurrence = RunId.ofOccurrence("a-b", "mi8z3kq0", SCHEDULED_AT);
    RunId byHand = RunId.byHand("a-b", "mi8z3kq0", SCHEDULED_AT, "x7");

    // Then
    assertThat(RunId.parse(occurrence.toString())).contains(occurrence);
    assertThat(RunId.parse(byHand.toString())).contains(byHand);
  }

  @Test
  void theLongestJobIdStillMakesAName() {
    // Given
    RunId longest = RunId.byHand("j".repeat(63), "mi8z3kq0", SCHEDULED_AT, "x".repeat(13));

    // Then
    assertThat(RunId.parse(longest.toString())).contains(longest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "_", "__", "a", "a_b", "a_b_", "_b_1", "a__1", "a_b_c_d", "A_b_1", "a_b_1 ", "a_b_é",
        "a_b_1\n", "a/b_c_1"
      })
  void whatIsNoNameIsNotRead(String text) {
    assertThat(RunId.parse(text)).isEmpty();
  }

  @Test
  void whatIsTooLongIsNotRead() {
    assertThat(RunId.parse("a_b_" + "1".repeat(1_000_000))).isEmpty();
  }
}
