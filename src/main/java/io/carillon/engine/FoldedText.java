package io.carillon.engine;

import java.util.Locale;

/**
 * A text without the difference of upper and lower case, in every script: as ß and SS are the same,
 * so are σ, ς and Σ. Two texts of the same letters are equal once they are folded.
 */
record FoldedText(String text) {

  private static final int FIRST_BEYOND_ASCII = 0x80;

  static FoldedText of(String original) {
    if (original.chars().allMatch(letter -> letter < FIRST_BEYOND_ASCII)) {
      return new FoldedText(original.toLowerCase(Locale.ROOT));
    }
    // Some letters have an upper case of their own, others a lower one: so both ways. Lower case is
    // taken letter by letter, since that of a word depends on where a letter stands in it.
    return new FoldedText(lower(lower(original).toUpperCase(Locale.ROOT)));
  }

  private static String lower(String text) {
    return text.codePoints()
        .map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  boolean contains(FoldedText other) {
    return text.contains(other.text);
  }
}
