package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTypesTest {

  @ParameterizedTest
  @CsvSource({
    "run.failed, run.failed, true",
    "run.failed, run.failedx, false",
    "run.failedx, run.failed, false",
    "run.*, run.failed, true",
    "run.*, job.paused, false",
    "*, leader.elected, true",
    "**, leader.elected, true",
    "*.*, leader.elected, true",
    "*ed, leader.elected, true",
    "*ed, run.retrying, false",
    "*e*e*, leader.elected, true",
    "r*.*-*n, run.awaiting-completion, true",
    "run.*d, run.succeeded, true",
    "run.failed*, run.failed, true",
    "*run.failed, run.failed, true",
    "run.f?iled, run.failed, false",
    "run, run.failed, false",
    "'', run.failed, false"
  })
  void aStarStandsForAnyCharacters(String pattern, String type, boolean matches) {
    // When
    boolean matched = EventTypes.matches(pattern, type);

    // Then
    assertThat(matched).isEqualTo(matches);
  }

  @Test
  void everyTypeNamesItself() {
    // When
    boolean all = EventTypes.ALL.stream().allMatch(EventTypes::known);

    // Then
    assertThat(all).isTrue();
    assertThat(EventTypes.ALL).hasSize(19).doesNotHaveDuplicates();
  }

  @Test
  void aLongPatternOfStarsIsNotSlow() {
    // Given
    String pattern = "*a".repeat(5_000);

    // When
    boolean known = EventTypes.known(pattern);

    // Then
    assertThat(known).isFalse();
  }
}
