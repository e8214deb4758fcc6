package io.carillon.api.json;

import io.carillon.schedule.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in ISO 8601: weeks, days, hours, minutes and seconds in this order, each at most once,
 * the smallest that is given perhaps with a fraction behind a point or a comma. Exact to the
 * millisecond, at most 9999 years.
 */
final class IsoDurations {

  /** So that a text of a megabyte is not computed with. */
  private static final int LONGEST_TEXT = 100;

  private static final Pattern FORM =
      Pattern.compile(
          "P(?=[\\dT])"
              + part('Y')
              + part('M')
              + part('W')
              + part('D')
              + "(?:T(?=\\d)"
              + part('H')
              + part('M')
              + part('S')
              + ")?");

  private static final Pattern SIGN = Pattern.compile("[-+\u2212]");

  private static final int YEARS = 1;
  private static final int MONTHS = 2;

  /** The groups of {@link #FORM} that have a fixed length, and that in milliseconds. */
  private record Unit(int group, BigDecimal millis) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit(3, BigDecimal.valueOf(604_800_000)),
          new Unit(4, BigDecimal.valueOf(86_400_000)),
          new Unit(5, BigDecimal.valueOf(3_600_000)),
          new Unit(6, BigDecimal.valueOf(60_000)),
          new Unit(7, BigDecimal.valueOf(1_000)));

  private IsoDurations() {}

  private static String part(char unit) {
    return "(?:(\\d+(?:[.,]\\d+)?)" + unit + ")?";
  }

  static Duration read(String text) throws Unreadable {
    if (text.length() > LONGEST_TEXT) {
      throw refused(Codes.TOO_LONG, text, "has more than " + LONGEST_TEXT + " characters");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw malformed(text);
    }
    if (form.group(YEARS) != null || form.group(MONTHS) != null) {
      throw refused(
          Codes.MALFORMED,
          text,
          "holds years or months, which have no fixed length; count in days, or use a schedule of"
              + " type monthly");
    }
    BigDecimal millis = millis(form, text);
    if (millis.compareTo(BigDecimal.valueOf(Durations.LONGEST.toMillis())) > 0) {
      throw refused(Codes.OUT_OF_RANGE, text, "is longer than 9999 years");
    }
    if (millis.stripTrailingZeros().scale() > 0) {
      throw refused(Codes.TOO_FINE, text, "has parts finer than a millisecond");
    }
    return Duration.ofMillis(millis.longValueExact());
  }

  private static BigDecimal millis(Matcher form, String text) throws Unreadable {
    BigDecimal millis = BigDecimal.ZERO;
    boolean ended = false;
    for (Unit unit : UNITS) {
      String count = form.group(unit.group());
      if (count == null) {
        continue;
      }
      if (ended) {
        throw refused(
            Codes.MALFORMED, text, "has a fraction that is not on the smallest unit given");
      }
      BigDecimal number = new BigDecimal(count.replace(',', '.'));
      ended = number.scale() > 0;
      millis = millis.add(number.multiply(unit.millis()));
    }
    return millis;
  }

  private static Unreadable malformed(String text) {
    String unsigned = SIGN.matcher(text).replaceAll("");
    boolean signed = !unsigned.equals(text) && FORM.matcher(unsigned).matches();
    return signed
        ? refused(Codes.MALFORMED, text, "has a sign; a duration is a length and has none")
        : refused(Codes.MALFORMED, text, "is no duration such as PT30S, P1DT12H or P1W");
  }

  private static Unreadable refused(String code, String text, String reason) {
    return new Unreadable(code, Quoted.of(text) + " " + reason);
  }
}
