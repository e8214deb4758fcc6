package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import io.carillon.job.Endpoint;
import io.carillon.job.InvalidUrl;
import java.net.URI;

/** Which URLs can be called. */
final class WebUrls {
  private static final int LONGEST = 2_048;

  private WebUrls() {}

  /** Adds to {@code found} what is wrong with a URL; null is what could not be read. */
  static void check(URI url, Pointer at, Violations found) {
    if (url == null) {
      return;
    }
    if (url.toString().length() > LONGEST) {
      add(Codes.TOO_LONG, "longer than " + LONGEST + " characters", at, found);
      return;
    }
    try {
      Endpoint.of(url);
    } catch (InvalidUrl e) {
      add(e.code(), e.getMessage(), at, found);
    }
  }

  private static void add(String code, String detail, Pointer at, Violations found) {
    found.addIfNew(Violation.ofValue(at, code, detail));
  }
}
