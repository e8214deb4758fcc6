package io.carillon.api.json;

import java.util.Set;

/** The grammar of numbers (RFC 8259, section 6). */
final class NumberGrammar {

  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "INF");

  private NumberGrammar() {}

  static boolean isNoNumber(String word) {
    return NO_NUMBERS.contains(word);
  }

  /** Moves behind the number that begins here. */
  static void check(CharacterCursor cursor) {
    if (cursor.here() == '+') {
      throw cursor.fault("A number must not begin with a plus sign");
    }
    boolean negative = cursor.here() == '-';
    if (negative) {
      cursor.next();
    }
    if (isNoNumber(cursor.word())) {
      throw cursor.fault("NaN and Infinity are not numbers in JSON");
    }
    boolean zero = cursor.here() == '0';
    int digits =
        digits(
            cursor,
            negative
                ? "A digit must follow the minus sign"
                : "A digit must precede the decimal point");
    if (zero && digits > 1) {
      throw cursor.fault("A number must not begin with a zero that another digit follows");
    }
    if (cursor.here() == '.') {
      cursor.next();
      digits += digits(cursor, "A digit must follow the decimal point");
    }
    if (cursor.here() == 'e' || cursor.here() == 'E') {
      cursor.next();
      if (cursor.here() == '+' || cursor.here() == '-') {
        cursor.next();
      }
      digits += digits(cursor, "An exponent must have a digit");
    }
    if (digits > JsonReader.MOST_DIGITS) {
      throw cursor.fault("A number has more than %,d digits".formatted(JsonReader.MOST_DIGITS));
    }
    if (!cursor.word().isEmpty()) {
      throw cursor.fault("A number must not be followed by " + cursor.quoted());
    }
  }

  private static int digits(CharacterCursor cursor, String otherwise) {
    int digits = cursor.skipDigits();
    if (digits == 0) {
      throw cursor.fault(cursor.atEnd() ? "The text ends inside a number" : otherwise);
    }
    return digits;
  }
}
