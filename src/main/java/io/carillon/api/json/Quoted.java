package io.carillon.api.json;

/** A piece of somebody's input inside a sentence: in quotes, printable and short. */
public final class Quoted {
  private static final int LONGEST = 80;

  private Quoted() {}

  public static String of(String input) {
    String printable = input.replaceAll("[\\p{Cc}\\p{Cs}]", "\uFFFD");
    return printable.codePointCount(0, printable.length()) > LONGEST
        ? '"' + printable.substring(0, printable.offsetByCodePoints(0, LONGEST)) + "…\""
        : '"' + printable + '"';
  }
}
