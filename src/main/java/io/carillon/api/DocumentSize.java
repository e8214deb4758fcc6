package io.carillon.api;

import io.carillon.api.json.Json;
import io.carillon.api.json.JsonSize;
import io.carillon.api.problem.ProblemKind;
import io.quarkiverse.resteasy.problem.HttpProblem;

/**
 * How large documents may be. What counts is the document, not its spelling: blanks and escapes
 * come and go between a request, the store and an answer.
 */
public final class DocumentSize {

  /** In bytes, as {@link JsonSize} counts them. */
  public static final int USUAL = 1 << 20;

  /** A thousand jobs of eight kilobytes each. */
  public static final int OF_MANY = 8 << 20;

  private DocumentSize() {}

  /**
   * @throws HttpProblem when the document is larger than {@code most} bytes
   */
  public static void check(Json document, int most) {
    if (JsonSize.of(document) > most) {
      throw tooLarge(most);
    }
  }

  static HttpProblem tooLarge(int most) {
    return ProblemKind.TOO_LARGE.problem("The document must not exceed " + most + " bytes.");
  }
}
