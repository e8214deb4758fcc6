package io.carillon.job;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One HTTP status ({@code 204}) or one class of them ({@code 2xx}).
 *
 * @param text three characters, 100–599 or 1xx–5xx
 */
public record StatusPattern(String text) {

  private static final Pattern SHAPE = Pattern.compile("[1-5](\\d\\d|xx)");

  public static final StatusPattern SUCCESSFUL = new StatusPattern("2xx");

  public StatusPattern {
    if (!SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a status such as 204 or 2xx");
    }
  }

  public static Optional<StatusPattern> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(new StatusPattern(text)) : Optional.empty();
  }

  public boolean matches(int status) {
    return text.endsWith("xx")
        ? status / 100 == text.charAt(0) - '0'
        : Integer.parseInt(text) == status;
  }
}
