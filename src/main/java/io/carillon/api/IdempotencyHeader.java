package io.carillon.api;

import io.carillon.api.json.Codes;
import io.carillon.api.problem.ErrorDocument;
import io.carillon.api.problem.Problems;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: a key with or without double quotes around it. */
public final class IdempotencyHeader {

  public static final String NAME = "Idempotency-Key";

  private static final Pattern FORM =
      Pattern.compile("[ \t]*(?:\"([ !#-\\[\\]-~]{1,255})\"|([!#-\\[\\]-~]{1,255}))[ \t]*");

  private IdempotencyHeader() {}

  /**
   * The key of a request; none without the header. A key that cannot be read is refused: a request
   * that relies on it must not be carried out without it.
   */
  public static Optional<String> key(HttpHeaders headers) {
    List<String> lines = Optional.ofNullable(headers.getRequestHeader(NAME)).orElse(List.of());
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(lines.get(0));
    if (lines.size() > 1) {
      throw refusal(Codes.TOO_MANY, "The key may stand in one line only.");
    } else if (!form.matches()) {
      throw refusal(
          Codes.MALFORMED,
          "The key must have 1 to 255 visible ASCII characters, without quotes or backslashes"
              + " inside; blanks only between quotes.");
    }
    return Optional.of(form.group(1) != null ? form.group(1) : form.group(2));
  }

  private static RuntimeException refusal(String code, String detail) {
    return Problems.invalidParameters(List.of(ErrorDocument.ofParameter(NAME, code, detail)));
  }
}
