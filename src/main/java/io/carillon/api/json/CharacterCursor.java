package io.carillon.api.json;

/** A place in a text, which moves forward. */
final class CharacterCursor {

  /** Stands behind the last character; no text that JSON allows contains it unescaped. */
  static final char END = '\0';

  private final String text;
  private int at;

  CharacterCursor(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The character here; {@link #END} behind the last one. */
  char here() {
    return atEnd() ? END : text.charAt(at);
  }

  char next() {
    at++;
    return here();
  }

  boolean startsWith(String expected) {
    return text.startsWith(expected, at);
  }

  /** Whether this is all that is left. */
  boolean endsWith(String rest) {
    return startsWith(rest) && at + rest.length() == text.length();
  }

  void skipWhiteSpace() {
    while (here() == ' ' || here() == '\t' || here() == '\n' || here() == '\r') {
      at++;
    }
  }

  /** How many digits are skipped. */
  int skipDigits() {
    int from = at;
    while (here() >= '0' && here() <= '9') {
      at++;
    }
    return at - from;
  }

  /** The letters, digits and signs that stand here together. */
  String word() {
    int end = at;
    while (end < text.length() && isOfAWord(text.charAt(end))) {
      end++;
    }
    return text.substring(at, end);
  }

  private static boolean isOfAWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '-' || c == '+' || c == '.';
  }

  /** What is here, for a sentence. */
  String quoted() {
    return Quoted.of(Character.toString(text.codePointAt(at)));
  }

  void skip(int characters) {
    at += characters;
  }

  MalformedJson fault(String what) {
    return fault(what, text, Math.min(at, text.length()));
  }

  static MalformedJson fault(String what, String text, int at) {
    String before = text.substring(0, at);
    int lineBreaks = (int) before.chars().filter(c -> c == '\n').count();
    int lineStart = before.lastIndexOf('\n') + 1;
    return new MalformedJson(what, lineBreaks + 1, before.codePointCount(lineStart, at) + 1);
  }
}
