package io.carillon.api.problem;

import io.carillon.api.json.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What RFC 3986 and UTF-8 demand of the path and the query of a request. */
final class RequestTarget {

  /** Visible, and yet allowed in no URI but as an escape. Brackets in a query are common. */
  private static final String NEVER_PLAIN = "\"<>\\^`{|}#";

  /** Allowed in a path beside letters and digits, but for the colon, which may end a scheme. */
  private static final String PLAIN = "-._~!$&'()*+,;=@/";

  private RequestTarget() {}

  /** Its path as a URI reference: as it was sent, with what is no URI escaped. */
  static String path(String target) {
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    // Two slashes at the beginning of a reference are followed by a host.
    StringBuilder path = new StringBuilder(target.startsWith("//") ? "/." : "");
    for (int i = 0; i < end; i++) {
      char c = target.charAt(i);
      boolean escape = c == '%' && octet(target, i) >= 0 && i + 2 < end;
      path.append(escape || isPlain(c) ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return path.toString();
  }

  private static boolean isPlain(char c) {
    return c < 0x7f && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
  }

  /** What is wrong with it, as a sentence. */
  static Optional<String> fault(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (path.indexOf(';') >= 0) {
      // The framework would leave out what follows, and another resource would be meant.
      return Optional.of("The path contains a semicolon; no path here has parameters of its own.");
    }
    return fault("path", path, NEVER_PLAIN + "[]")
        .or(
            () ->
                query < 0
                    ? Optional.empty()
                    : fault("query", target.substring(query + 1), NEVER_PLAIN));
  }

  private static Optional<String> fault(String part, String text, String neverPlain) {
    ByteBuffer octets = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = octet(text, i);
        if (octet < 0) {
          String place = text.substring(i, Math.min(i + 3, text.length()));
          return Optional.of(
              "The %s contains %s, which is not a percent sign and two hexadecimal digits."
                  .formatted(part, Quoted.of(place)));
        }
        octets.put((byte) octet);
        i += 2;
      } else if (c <= ' ' || c >= 0x7f || neverPlain.indexOf(c) >= 0) {
        return Optional.of(
            "The %s contains the octet %%%02X, which must be percent-encoded."
                .formatted(part, (int) c));
      } else {
        octets.put((byte) c);
      }
    }
    return isUtf8(octets.flip())
        ? Optional.empty()
        : Optional.of("The percent-encoded octets in the " + part + " are not UTF-8.");
  }

  /** Of the escape at a place; negative when it is none. */
  private static int octet(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at + 1), 16);
    int low = Character.digit(text.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static boolean isUtf8(ByteBuffer octets) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(octets);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
