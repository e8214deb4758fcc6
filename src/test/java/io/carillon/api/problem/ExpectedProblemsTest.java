package io.carillon.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.json.InvalidDocument;
import io.carillon.api.json.MalformedJson;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.engine.StoreUnavailable;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedProblemsTest {

  private static final Violation OF_FORM = Violation.ofForm(Pointer.ROOT, "a", "b");
  private static final Violation OF_VALUE = Violation.ofValue(Pointer.ROOT, "a", "b");

  @Test
  void aStoreOutOfReachAsksToComeBack() {
    // When
    HttpProblem problem = Problems.of(StoreUnavailable.silent("secret host", null)).orElseThrow();

    // Then
    assertThat(problem.getStatusCode()).isEqualTo(503);
    assertThat(problem.getHeaders()).containsEntry("Retry-After", 1);
    assertThat(problem.getDetail()).doesNotContain("secret host");
  }

  @Test
  void aFullStoreAsksToComeBackLaterAndSaysThatNothingWasDone() {
    // When
    HttpProblem problem = Problems.of(StoreUnavailable.full("secret host", null)).orElseThrow();

    // Then
    assertThat(problem.getStatusCode()).isEqualTo(503);
    assertThat(problem.getHeaders()).containsEntry("Retry-After", 10);
    assertThat(problem.getDetail()).contains("had no effect").doesNotContain("secret host");
  }

  @Test
  void oneFaultOfFormMakesTheWholeAnswerAFaultOfForm() {
    assertThat(status(new InvalidDocument(List.of(OF_VALUE, OF_FORM)))).isEqualTo(400);
    assertThat(status(new InvalidDocument(List.of(OF_VALUE)))).isEqualTo(422);
    assertThat(status(new MalformedJson("x", 1, 1))).isEqualTo(400);
  }

  @Test
  void surprisesAreNotExplained() {
    assertThat(Problems.of(new IllegalStateException("internals"))).isEmpty();
  }

  private static int status(RuntimeException exception) {
    return Problems.of(exception).orElseThrow().getStatusCode();
  }
}
