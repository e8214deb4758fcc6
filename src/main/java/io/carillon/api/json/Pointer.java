package io.carillon.api.json;

import java.nio.charset.StandardCharsets;

/**
 * Where in a document something stands: a JSON pointer in its form as a URI fragment (RFC 6901,
 * section 6), such as {@code #/schedule/every}.
 */
public record Pointer(String text) {
  public static final Pointer ROOT = new Pointer("#");

  /** What RFC 3986 lets stand in a fragment besides letters and digits. */
  private static final String PLAIN = "-._~!$&'()*+,;=:@?";

  public Pointer member(String name) {
    return new Pointer(
        text + '/' + (isWord(name) ? name : encode(name.replace("~", "~0").replace("/", "~1"))));
  }

  public Pointer item(int index) {
    return new Pointer(text + '/' + index);
  }

  /** What a relative JSON pointer such as {@code /at/1} points to from here. */
  public Pointer below(String relative) {
    return new Pointer(text + relative);
  }

  /** Whether this is the other one, or a part of what the other one points to. */
  public boolean isAtOrBelow(Pointer other) {
    return text.equals(other.text) || text.startsWith(other.text + '/');
  }

  /** As nearly all names are: it stands for itself. */
  private static boolean isWord(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 0x80 || !Character.isLetterOrDigit(c)) {
        return false;
      }
    }
    return true;
  }

  private static String encode(String token) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : token.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
        encoded.append(c);
      } else {
        encoded.append('%').append("%02X".formatted((int) c));
      }
    }
    return encoded.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
