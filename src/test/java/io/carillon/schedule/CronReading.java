package io.carillon.schedule;

import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A valid cron expression, read word by word for {@link WallClockOracle}. */
final class CronReading implements WallClockOracle.Wall {

  /** Steps count from this year. The oracle looks at none before, nor at one a century later. */
  private static final int FIRST_YEAR = 1970;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private final boolean[] seconds;
  private final boolean[] minutes;
  private final boolean[] hours;
  private final boolean[] months;
  private final boolean[] years = new boolean[100];
  private final Predicate<LocalDate> days;
  private final boolean hourFixed;

  CronReading(String expression) {
    String[] fields = expression.toUpperCase(Locale.ROOT).strip().split("[ \t]+");
    int minute = fields.length == 5 ? 0 : 1;
    seconds = members(minute == 0 ? "0" : fields[0], 0, 59, List.of());
    minutes = members(fields[minute], 0, 59, List.of());
    hours = members(fields[minute + 1], 0, 23, List.of());
    hourFixed = !fields[minute + 1].contains("*") && !fields[minute + 1].contains("/");
    days = days(fields[minute + 2], fields[minute + 4]);
    months = members(fields[minute + 3], 1, 12, MONTHS);
    String year = fields.length == 7 ? fields[6] : "*";
    for (int i = 0; i < years.length; i++) {
      years[i] =
          year.equals("*") || names(year, FIRST_YEAR + i, FIRST_YEAR, FIRST_YEAR + 99, List.of());
    }
  }

  boolean isHourFixed() {
    return hourFixed;
  }

  @Override
  public boolean minute(int hour, int minute) {
    return hours[hour] && minutes[minute];
  }

  @Override
  public boolean second(LocalTime time) {
    return seconds[time.getSecond()];
  }

  @Override
  public boolean day(LocalDate day) {
    return months[day.getMonthValue()] && years[day.getYear() - FIRST_YEAR] && days.test(day);
  }

  private static Predicate<LocalDate> days(String ofMonth, String ofWeek) {
    boolean both = ofWeek.startsWith("+");
    Predicate<LocalDate> byMonth = anyOf(ofMonth.split(","), CronReading::dayOfMonth);
    Predicate<LocalDate> byWeek =
        anyOf((both ? ofWeek.substring(1) : ofWeek).split(","), CronReading::dayOfWeek);
    if (ofMonth.matches("[*?]")) {
      return byWeek;
    }
    if (ofWeek.matches("[*?]")) {
      return byMonth;
    }
    return both ? byMonth.and(byWeek) : byMonth.or(byWeek);
  }

  private static Predicate<LocalDate> anyOf(
      String[] items, Function<String, Predicate<LocalDate>> reading) {
    return Stream.of(items).map(reading).reduce(Predicate::or).orElseThrow();
  }

  private static Predicate<LocalDate> dayOfMonth(String item) {
    if (item.equals("?")) {
      return day -> true;
    }
    if (item.equals("LW")) {
      return day -> isWorkdayNearestTo(day, day.lengthOfMonth());
    }
    if (item.startsWith("L")) {
      boolean workday = item.endsWith("W");
      String back = item.substring(1, item.length() - (workday ? 1 : 0));
      int before = back.isEmpty() ? 0 : Integer.parseInt(back.substring(1));
      return workday
          ? day -> isWorkdayNearestTo(day, day.lengthOfMonth() - before)
          : day -> day.getDayOfMonth() == day.lengthOfMonth() - before;
    }
    if (item.endsWith("W")) {
      int number = Integer.parseInt(item.substring(0, item.length() - 1));
      return day -> isWorkdayNearestTo(day, number);
    }
    boolean[] members = members(item, 1, 31, List.of());
    return day -> members[day.getDayOfMonth()];
  }

  private static boolean isWorkdayNearestTo(LocalDate day, int number) {
    if (number < 1 || number > day.lengthOfMonth()) {
      return false;
    }
    for (int distance : new int[] {0, -1, 1, -2, 2}) {
      LocalDate near = day.withDayOfMonth(number).plusDays(distance);
      if (near.getMonth() == day.getMonth()
          && near.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
        return near.equals(day);
      }
    }
    throw new AssertionError(day);
  }

  private static Predicate<LocalDate> dayOfWeek(String item) {
    if (item.equals("?")) {
      return day -> true;
    }
    if (item.matches(".*#[1-5]")) {
      DayOfWeek weekday = weekday(item.substring(0, item.length() - 2));
      int nth = item.charAt(item.length() - 1) - '0';
      return day -> day.equals(day.with(dayOfWeekInMonth(nth, weekday)));
    }
    if (item.endsWith("L")) {
      DayOfWeek weekday = weekday(item.replaceAll("#?L$", ""));
      return day -> day.equals(day.with(lastInMonth(weekday)));
    }
    boolean[] members = weekdayMembers(item);
    return day -> members[day.getDayOfWeek().getValue() % 7];
  }

  /** As {@link #named}, but on the face of a week, which 7 only names a second time. */
  private static boolean[] weekdayMembers(String item) {
    String[] stepped = item.split("/");
    int step = stepped.length == 1 ? 1 : Integer.parseInt(stepped[1]);
    String[] ends = stepped[0].split("-");
    int first = ends[0].equals("*") ? 0 : number(ends[0], 0, WEEKDAYS);
    int last = stepped.length == 2 || ends[0].equals("*") ? 6 : first;
    if (ends.length == 2) {
      last = number(ends[1], 0, WEEKDAYS);
    }
    if (first == 7) {
      first = 0;
      last = last == 7 ? 0 : last;
    }
    boolean[] members = new boolean[7];
    int days = last < first ? last + 7 - first : last - first;
    for (int distance = 0; distance <= days; distance += step) {
      members[(first + distance) % 7] = true;
    }
    return members;
  }

  private static DayOfWeek weekday(String text) {
    int number = number(text, 0, WEEKDAYS);
    return number % 7 == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
  }

  private static boolean[] members(String field, int least, int most, List<String> names) {
    boolean[] members = new boolean[most + 1];
    IntStream.rangeClosed(least, most)
        .forEach(i -> members[i] = names(field, i, least, most, names));
    return members;
  }

  private static boolean names(String field, int number, int least, int most, List<String> names) {
    return Stream.of(field.split(",")).anyMatch(item -> named(item, number, least, most, names));
  }

  /** Counts from the first to the last number on a clock face that has the numbers of the unit. */
  private static boolean named(String item, int number, int least, int most, List<String> names) {
    String[] stepped = item.split("/");
    int step = stepped.length == 1 ? 1 : Integer.parseInt(stepped[1]);
    String[] ends = stepped[0].split("-");
    int first = ends[0].equals("*") ? least : number(ends[0], least, names);
    int last = first;
    if (ends.length == 2) {
      last = number(ends[1], least, names);
    } else if (stepped.length == 2 || ends[0].equals("*")) {
      last = most;
    }
    for (int i = first; ; i++) {
      int shown = i > most ? i - (most - least + 1) : i;
      if (shown == number && (i - first) % step == 0) {
        return true;
      }
      if (shown == last) {
        return false;
      }
    }
  }

  private static int number(String text, int least, List<String> names) {
    int name = names.indexOf(text);
    return name < 0 ? Integer.parseInt(text) : name + least;
  }
}
