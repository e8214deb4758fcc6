package io.carillon.api.json;

/** The grammar of strings (RFC 8259, section 7). */
final class StringGrammar {

  private static final String ESCAPABLE = "\"\\/bfnrt";

  private StringGrammar() {}

  /** Moves behind the string that begins here. */
  static void check(CharacterCursor cursor, int longest) {
    int length = 0;
    for (char c = cursor.next(); c != '"'; c = cursor.next()) {
      if (cursor.atEnd()) {
        throw cursor.fault("The text ends inside a string");
      } else if (c < ' ') {
        throw cursor.fault(
            "A string contains the control character U+%04X, which must be escaped"
                .formatted((int) c));
      } else if (c == '\\') {
        checkEscape(cursor);
      }
      length++;
      if (length > longest) {
        throw cursor.fault("The name of a member exceeds %,d characters".formatted(longest));
      }
    }
    cursor.next();
  }

  private static void checkEscape(CharacterCursor cursor) {
    char c = cursor.next();
    if (cursor.atEnd()) {
      throw cursor.fault("The text ends inside a string");
    } else if (c == 'u') {
      for (int digit = 0; digit < 4; digit++) {
        boolean hexadecimal = "0123456789abcdefABCDEF".indexOf(cursor.next()) >= 0;
        if (cursor.atEnd()) {
          throw cursor.fault("The text ends inside a string");
        } else if (!hexadecimal) {
          throw cursor.fault("Four hexadecimal digits must follow \\u");
        }
      }
    } else if (ESCAPABLE.indexOf(c) < 0) {
      throw cursor.fault("JSON has no escape of a backslash and " + cursor.quoted());
    }
  }
}
