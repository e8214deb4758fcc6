package io.carillon.api.json;

import io.carillon.schedule.NamedZone;
import io.carillon.schedule.Timetable;
import io.carillon.schedule.ZoneNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the kinds of strings are read and written. */
public final class Scalars {

  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final Pattern LOCAL_TIME = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");
  private static final DateTimeFormatter WRITTEN_INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);

  private interface Reading {
    Object read(String text) throws Unreadable;
  }

  private static final Map<Class<?>, Reading> READINGS =
      Map.of(
          String.class, Scalars::readText,
          Instant.class, Scalars::readInstant,
          Duration.class, IsoDurations::read,
          LocalTime.class, Scalars::readLocalTime,
          NamedZone.class, Scalars::readZone,
          URI.class, Scalars::readUri);

  private Scalars() {}

  /** Whether values of this type are written as strings. */
  static boolean areStrings(Class<?> type) {
    return type.isEnum() || READINGS.containsKey(type);
  }

  static Object read(Class<?> type, String text) throws Unreadable {
    return type.isEnum() ? readEnum(type, text) : READINGS.get(type).read(text);
  }

  /** RFC 3339 in UTC with milliseconds. */
  public static String write(Instant instant) {
    OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
    if (time.getYear() < 1000 || time.getYear() > 9999) {
      return write(instant, ZoneOffset.UTC);
    }
    // By hand: an answer has several, and the formatter takes as long as all else in it.
    StringBuilder text = new StringBuilder(24).append(time.getYear());
    append(text, '-', time.getMonthValue());
    append(text, '-', time.getDayOfMonth());
    append(text, 'T', time.getHour());
    append(text, ':', time.getMinute());
    append(text, ':', time.getSecond());
    int millis = time.getNano() / 1_000_000;
    append(text, '.', millis / 10);
    return text.append(millis % 10).append('Z').toString();
  }

  /** Appends two digits behind a mark. */
  private static void append(StringBuilder text, char mark, int number) {
    text.append(mark).append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** RFC 3339 with milliseconds and a zone's offset. */
  public static String write(Instant instant, ZoneId zone) {
    return WRITTEN_INSTANT.format(instant.atZone(zone));
  }

  /** Lower-case words joined by hyphens. */
  public static String write(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Object readEnum(Class<?> type, String text) throws Unreadable {
    for (Object constant : type.getEnumConstants()) {
      if (write((Enum<?>) constant).equals(text)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> write((Enum<?>) constant))
            .collect(Collectors.joining(", "));
    throw new Unreadable(Codes.UNKNOWN, Quoted.of(text) + " is not one of " + known);
  }

  private static String readText(String text) throws Unreadable {
    if (!isWhole(text)) {
      throw new Unreadable(Codes.MALFORMED, "the text holds half of a surrogate pair");
    }
    return text;
  }

  /** Whether the text can be written as UTF-8: no half of a surrogate pair stands alone in it. */
  static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> c <= 0xffff && Character.isSurrogate((char) c));
  }

  /**
   * RFC 3339 with any offset; parts finer than a millisecond are cut off.
   *
   * @throws IllegalArgumentException when it is none; the message says so
   */
  public static Instant instant(String text) {
    try {
      return readInstant(text);
    } catch (Unreadable e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Instant readInstant(String text) throws Unreadable {
    try {
      if (INSTANT.matcher(text).matches()) {
        Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        if (Timetable.covers(instant)) {
          return instant.truncatedTo(ChronoUnit.MILLIS);
        }
        throw new Unreadable(
            Codes.OUT_OF_RANGE, Quoted.of(text) + " is outside the years 0001 to 9999");
      }
    } catch (DateTimeException e) {
      // Told below: the 30th of February has the right form too.
    }
    throw new Unreadable(
        Codes.MALFORMED, Quoted.of(text) + " is not an instant such as 2026-12-01T09:00:00Z");
  }

  private static LocalTime readLocalTime(String text) throws Unreadable {
    try {
      if (LOCAL_TIME.matcher(text).matches()) {
        return LocalTime.parse(text);
      }
    } catch (DateTimeException e) {
      // Told below: 25:00 has the right form too.
    }
    throw new Unreadable(
        Codes.MALFORMED, Quoted.of(text) + " is not a time of day such as 09:00 or 09:00:30");
  }

  private static NamedZone readZone(String text) throws Unreadable {
    return ZoneNames.find(text)
        .orElseThrow(
            () -> new Unreadable(Codes.UNKNOWN, Quoted.of(text) + " " + ZoneNames.refusal(text)));
  }

  private static URI readUri(String text) throws Unreadable {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new Unreadable(
          Codes.MALFORMED,
          Quoted.of(text) + " is not a URL; the fault is at character " + (e.getIndex() + 1));
    }
  }
}
