package io.carillon.webhook;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three forms of a date in HTTP (RFC 9110, 5.6.7): {@code Sun, 06 Nov 1994 08:49:37 GMT},
 * {@code Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov 6 08:49:37 1994}, the last with two
 * spaces before a day of one digit.
 */
final class HttpDate {

  private static final Pattern RFC_850 =
      Pattern.compile(
          "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (\\d\\d)-(\\w{3})-(\\d\\d) (\\d\\d:\\d\\d:\\d\\d GMT)",
          Pattern.CASE_INSENSITIVE);

  private static final DateTimeFormatter ASCTIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("EEE MMM ppd HH:mm:ss uuuu")
          .toFormatter(Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final int YEARS_AHEAD = 50;

  private HttpDate() {}

  /** Answers nothing when the text has none of the forms. */
  static Optional<Instant> read(String text, Instant now) {
    try {
      Matcher rfc850 = RFC_850.matcher(text);
      if (rfc850.matches()) {
        return Optional.of(ofTwoDigitYear(rfc850, now));
      }
      DateTimeFormatter form = text.indexOf(',') < 0 ? ASCTIME : RFC_1123_DATE_TIME;
      return Optional.of(form.parse(text, Instant::from));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * The latest year with these digits that is not more than 50 years ahead. The name of the weekday
   * says nothing, since only the year that is found here would tell whether it is right.
   */
  private static Instant ofTwoDigitYear(Matcher date, Instant now) {
    Instant horizon = now.atZone(ZoneOffset.UTC).plusYears(YEARS_AHEAD).toInstant();
    int last = horizon.atZone(ZoneOffset.UTC).getYear();
    int year = last - Math.floorMod(last - Integer.parseInt(date.group(3)), 100);
    Instant latest = inYear(year, date);
    return latest.isAfter(horizon) ? inYear(year - 100, date) : latest;
  }

  private static Instant inYear(int year, Matcher date) {
    String written = "%s %s %d %s".formatted(date.group(1), date.group(2), year, date.group(4));
    return RFC_1123_DATE_TIME.parse(written, Instant::from);
  }
}
