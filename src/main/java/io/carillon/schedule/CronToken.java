package io.carillon.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A part of a cron expression and where it stands.
 *
 * @param column of its first character in the whole expression, from 1
 */
record CronToken(String text, int column) {

  /** Answered where the text is no number. */
  static final int NO_NUMBER = -1;

  /** A whole expression without the white space around it, line ends included. */
  static CronToken around(String expression) {
    int begin = 0;
    int end = expression.length();
    while (begin < end && isWhite(expression.charAt(begin))) {
      begin++;
    }
    while (begin < end && isWhite(expression.charAt(end - 1))) {
      end--;
    }
    return new CronToken(expression, 1).part(begin, end);
  }

  private static boolean isWhite(char letter) {
    return Character.isWhitespace(letter) || Character.isSpaceChar(letter);
  }

  /** The words between spaces and tabs; inside an expression nothing else counts as a space. */
  List<CronToken> words() {
    List<CronToken> words = new ArrayList<>();
    int begin = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean space = i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == '\t';
      if (space && begin >= 0) {
        words.add(part(begin, i));
        begin = -1;
      } else if (!space && begin < 0) {
        begin = i;
      }
    }
    return words;
  }

  /** The parts between commas, empty ones included. */
  List<CronToken> items() {
    List<CronToken> items = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ',') {
        items.add(part(begin, i));
        begin = i + 1;
      }
    }
    return items;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** The column after its last character. */
  int end() {
    return column + text.length();
  }

  /** The part from one index to another. */
  CronToken part(int begin, int end) {
    return new CronToken(text.substring(begin, end), column + begin);
  }

  /** The part that a group of a matcher of this text found. */
  CronToken group(Matcher matcher, int group) {
    return part(matcher.start(group), matcher.end(group));
  }

  /** In upper case; ASCII letters only, so that no letter of another script becomes one of ours. */
  CronToken upperCase() {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < upper.length(); i++) {
      char letter = upper.charAt(i);
      if (letter >= 'a' && letter <= 'z') {
        upper.setCharAt(i, (char) (letter - 'a' + 'A'));
      }
    }
    return new CronToken(upper.toString(), column);
  }

  /**
   * The number that the text is, in ASCII digits, or {@link #NO_NUMBER}; one too great for an int
   * is the greatest int.
   */
  int number() {
    if (text.isEmpty()) {
      return NO_NUMBER;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return NO_NUMBER;
      }
      number = Math.min(number * 10 + digit - '0', Integer.MAX_VALUE);
    }
    return (int) number;
  }
}
