package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.net.URI;

/** Which URLs can be called. */
final class WebUrls {
  private static final int LONGEST = 2_048;
  private static final int LAST_PORT = 65_535;

  private WebUrls() {}

  /** Adds to {@code found} what is wrong with a URL; null is what could not be read. */
  static void check(URI url, Pointer at, Violations found) {
    if (url == null) {
      return;
    }
    if (url.toString().length() > LONGEST) {
      add(Codes.TOO_LONG, "longer than " + LONGEST + " characters", at, found);
    } else if (!"http".equalsIgnoreCase(url.getScheme())
        && !"https".equalsIgnoreCase(url.getScheme())) {
      add(Codes.MALFORMED, "an absolute http or https URL is required", at, found);
    } else if (url.getRawUserInfo() != null) {
      add(Codes.MALFORMED, "a URL must not carry a user or a password", at, found);
    } else if (url.getHost() == null) {
      add(
          Codes.MALFORMED,
          "the URL has no valid host; write international names in their xn-- form",
          at,
          found);
    } else if (url.getPort() == 0 || url.getPort() > LAST_PORT) {
      add(Codes.OUT_OF_RANGE, "the port is not within 1 to " + LAST_PORT, at, found);
    }
  }

  private static void add(String code, String detail, Pointer at, Violations found) {
    found.addIfNew(Violation.ofValue(at, code, detail));
  }
}
