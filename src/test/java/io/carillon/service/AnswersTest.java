package io.carillon.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Answers;
import io.carillon.engine.Answers.Answer;
import io.carillon.engine.Answers.Begun;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AnswersTest {

  private static final Answer ANSWER =
      new Answer(201, Map.of("Location", "http://127.0.0.1/v1/jobs/a", "ETag", "\"1\""), "{\n\n}");

  @Inject Answers answers;

  private final String key = Service.newName("answers") + ":" + System.nanoTime();

  @Test
  void aKeyIsInProgressUntilItsAnswerIsKept() {
    // Given
    Begun claim = (Begun) answers.begin(key, "request");
    Answers.Standing meanwhile = answers.begin(key, "request");

    // When
    answers.keep(claim, ANSWER);

    // Then
    assertThat(meanwhile).isEqualTo(new Answers.InProgress());
    assertThat(answers.begin(key, "request")).isEqualTo(new Answers.Kept(ANSWER));
    assertThat(answers.begin(key, "other")).isEqualTo(new Answers.Another());
  }

  @Test
  void aKeyThatWasGivenBackIsFree() {
    // Given
    Begun claim = (Begun) answers.begin(key, "request");

    // When
    answers.release(claim);

    // Then
    assertThat(answers.begin(key, "other")).isInstanceOf(Begun.class);
  }

  @Test
  void aClaimThatHasLapsedSettlesNothing() {
    // Given
    Begun lapsed = (Begun) answers.begin(key, "request");
    answers.release(lapsed);
    answers.begin(key, "request");

    // When
    answers.keep(lapsed, ANSWER);
    answers.release(lapsed);

    // Then
    assertThat(answers.begin(key, "request")).isEqualTo(new Answers.InProgress());
  }
}
