package io.carillon.api.job;

import io.carillon.api.json.Codes;
import io.carillon.api.json.Pointer;
import io.carillon.api.json.Quoted;
import io.carillon.api.json.Violation;
import io.carillon.api.json.Violations;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a job may add to its webhook. */
final class HeaderRules {
  private static final int MOST = 50;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_VALUE = 4_096;

  /** A token of RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

  /** They belong to the connection (RFC 9110, section 7.6.1) or to the framing of the message. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderRules() {}

  static void check(Map<String, String> headers, Pointer at, Violations found) {
    if (headers == null) {
      return;
    }
    if (headers.size() > MOST) {
      found.add(Violation.ofValue(at, Codes.TOO_MANY, "at most " + MOST + " headers"));
    }
    Set<String> seen = new HashSet<>();
    headers.forEach(
        (name, value) -> {
          Pointer pointer = at.member(name);
          checkName(name, pointer, found);
          if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            add(Codes.REPEATED_MEMBER, "the header is repeated", pointer, found);
          }
          if (value != null) {
            checkValue(value, pointer, found);
          }
        });
  }

  private static void checkName(String name, Pointer at, Violations found) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches()) {
      add(Codes.MALFORMED, Quoted.of(name) + " is not a header name", at, found);
    } else if (name.length() > LONGEST_NAME) {
      add(Codes.TOO_LONG, "longer than " + LONGEST_NAME + " characters", at, found);
    } else if (OF_THE_CONNECTION.contains(lower)) {
      add(Codes.RESERVED, Quoted.of(name) + " is managed by the HTTP connection", at, found);
    } else if (lower.startsWith("webhook-") || lower.startsWith("carillon-")) {
      add(Codes.RESERVED, Quoted.of(name) + " is set by Carillon", at, found);
    }
  }

  private static void checkValue(String value, Pointer at, Violations found) {
    if (!VALUE.matcher(value).matches()) {
      add(Codes.MALFORMED, "the value of a header must be printable ASCII", at, found);
    } else if (value.length() > LONGEST_VALUE) {
      add(Codes.TOO_LONG, "longer than " + LONGEST_VALUE + " characters", at, found);
    }
  }

  private static void add(String code, String detail, Pointer at, Violations found) {
    found.addIfNew(Violation.ofValue(at, code, detail));
  }
}
