package io.carillon.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The opaque form of the position at which a page of a list ended. */
public final class PageToken {

  /** Tells tokens from other people's base64, and this form from later ones. */
  private static final String MARK = "1:";

  private PageToken() {}

  public static String of(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((MARK + position).getBytes(StandardCharsets.UTF_8));
  }

  /** The position; empty when the token is none. */
  static Optional<String> read(String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith(MARK) ? Optional.of(text.substring(MARK.length())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
