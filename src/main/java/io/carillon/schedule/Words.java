package io.carillon.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The phrases that descriptions of schedules are made of. */
final class Words {

  /** A description names so many things of a kind and counts the rest. */
  private static final int MOST_NAMED = 12;

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

  private Words() {}

  /** {@code second}, {@code 2 seconds}, {@code 1 hour 30 minutes}: what follows on "every". */
  static String of(Duration duration) {
    String words = counted(duration);
    return words.matches("1 [a-z]+") ? words.substring(2) : words;
  }

  /** {@code 1 second}, {@code 2 seconds}, {@code 1 hour 30 minutes}. */
  static String counted(Duration duration) {
    List<String> parts = new ArrayList<>();
    part(parts, duration.toDays(), "day");
    part(parts, duration.toHoursPart(), "hour");
    part(parts, duration.toMinutesPart(), "minute");
    part(parts, duration.toSecondsPart(), "second");
    part(parts, duration.toMillisPart(), "millisecond");
    return String.join(" ", parts);
  }

  private static void part(List<String> parts, long count, String unit) {
    if (count > 0) {
      parts.add(count + " " + unit + (count == 1 ? "" : "s"));
    }
  }

  /** {@code day}, {@code 2nd day}. */
  static String each(int every, String unit) {
    return every == 1 ? unit : every == 2 ? "other " + unit : every + " " + unit + "s";
  }

  /** {@code 1st}, {@code 22nd}. */
  static String ordinal(int number) {
    int tens = number % 100 / 10;
    String suffix =
        tens == 1
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + suffix;
  }

  static String and(List<String> words) {
    return join(words, "and");
  }

  static String or(List<String> words) {
    return join(words, "or");
  }

  private static String join(List<String> words, String last) {
    List<String> named = words;
    if (words.size() > MOST_NAMED) {
      named = new ArrayList<>(words.subList(0, MOST_NAMED));
      named.add(words.size() - MOST_NAMED + " more");
    }
    if (named.size() == 1) {
      return named.get(0);
    }
    return String.join(", ", named.subList(0, named.size() - 1))
        + " "
        + last
        + " "
        + named.get(named.size() - 1);
  }

  /** {@code 09:00 and 17:30}. */
  static String times(List<LocalTime> times) {
    return and(times.stream().map(LocalTime::toString).toList());
  }

  static String instants(List<Instant> instants) {
    return and(instants.stream().map(Instant::toString).toList());
  }

  /** {@code weekday}, {@code Monday and Friday}. */
  static String weekdays(List<DayOfWeek> days) {
    Set<DayOfWeek> set = Set.copyOf(days);
    if (set.size() == 7) {
      return "day";
    }
    if (set.equals(WORKDAYS)) {
      return "weekday";
    }
    return and(days.stream().map(Words::weekday).toList());
  }

  static String weekday(DayOfWeek day) {
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  /** The name of a day of the week, 0 for Sunday. */
  static String weekday(int day) {
    return weekday(day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day));
  }

  /** {@code the 1st to the 14th and the last day}; -1 is the last day. */
  static String monthDays(List<Integer> days) {
    IntStream numbered = days.stream().filter(day -> day > 0).mapToInt(Integer::intValue);
    return and(
        Stream.concat(
                new NumberWords(numbered, Words::monthDay).phrases("day").stream(),
                days.stream().filter(day -> day < 0).map(Words::monthDay))
            .toList());
  }

  static String monthDay(int day) {
    if (day > 0) {
      return "the " + ordinal(day);
    }
    return day == -1 ? "the last day" : "the " + ordinal(-day) + " to last day";
  }
}
