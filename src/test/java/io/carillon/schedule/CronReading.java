package io.carillon.schedule;

import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;
import static java.time.temporal.TemporalAdjusters.lastDayOfMonth;
import static java.time.temporal.TemporalAdjusters.lastInMonth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A valid cron expression, read word by word for {@link WallClockOracle}. */
final class CronReading implements WallClockOracle.Wall {

  /** The oracle looks at no year before this one, nor at one a century later. */
  private static final int FIRST_YEAR = 1960;

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  private static final Pattern RULE =
      Pattern.compile("L.*|.*[0-9]W|.*#.*|0?[0-7]L|(SUN|MON|TUE|WED|THU|FRI|SAT)L");

  private final boolean[] seconds;
  private final boolean[] minutes;
  private final boolean[] hours;
  private final boolean[] months;
  private final boolean[] daysOfMonth = new boolean[32];
  private final boolean[] daysOfWeek = new boolean[7];
  private final List<String> dayOfMonthRules;
  private final List<String> dayOfWeekRules;
  private final boolean anyDayOfMonth;
  private final boolean anyDayOfWeek;
  private final boolean[] years = new boolean[100];
  private final boolean hourFixed;

  CronReading(String expression) {
    String[] fields = expression.toUpperCase(Locale.ROOT).strip().split("[ \t]+");
    int minute = fields.length == 5 ? 0 : 1;
    seconds = members(minute == 0 ? "0" : fields[0], 0, 59, List.of());
    minutes = members(fields[minute], 0, 59, List.of());
    hours = members(fields[minute + 1], 0, 23, List.of());
    dayOfMonthRules = Stream.of(fields[minute + 2].split(",")).filter(CronReading::isRule).toList();
    for (String item : fields[minute + 2].split("[,?]")) {
      for (int day = 1; day <= 31 && !isRule(item) && !item.isEmpty(); day++) {
        daysOfMonth[day] |= named(item, day, 1, 31, List.of());
      }
    }
    anyDayOfMonth = fields[minute + 2].matches("[*?]");
    months = members(fields[minute + 3], 1, 12, MONTHS);
    dayOfWeekRules = Stream.of(fields[minute + 4].split(",")).filter(CronReading::isRule).toList();
    for (String item : fields[minute + 4].split("[,?]")) {
      for (int day = 0; day < 7 && !isRule(item) && !item.isEmpty(); day++) {
        daysOfWeek[day] |= weekdayNamed(item, day);
      }
    }
    anyDayOfWeek = fields[minute + 4].matches("[*?]");
    for (int year = FIRST_YEAR; year < FIRST_YEAR + years.length; year++) {
      years[year - FIRST_YEAR] =
          fields.length < 7
              || fields[6].equals("*")
              || names(fields[6], year, FIRST_YEAR, FIRST_YEAR + years.length, List.of());
    }
    hourFixed = !fields[minute + 1].contains("*") && !fields[minute + 1].contains("/");
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
    if (!months[day.getMonthValue()] || !years[day.getYear() - FIRST_YEAR]) {
      return false;
    }
    if (anyDayOfMonth) {
      return anyDayOfWeek || dayOfWeek(day);
    }
    return dayOfMonth(day) || !anyDayOfWeek && dayOfWeek(day);
  }

  /** Whether the item is more than numbers and names; some of the names have an L or a W. */
  private static boolean isRule(String item) {
    return RULE.matcher(item).matches();
  }

  private boolean dayOfMonth(LocalDate day) {
    if (daysOfMonth[day.getDayOfMonth()]) {
      return true;
    }
    for (String item : dayOfMonthRules) {
      LocalDate last = day.with(lastDayOfMonth());
      if (item.equals("LW")) {
        if (day.equals(nearestWorkday(last))) {
          return true;
        }
      } else if (item.startsWith("L")) {
        boolean workday = item.endsWith("W");
        String back = item.substring(1, item.length() - (workday ? 1 : 0));
        LocalDate meant = last.minusDays(back.isEmpty() ? 0 : Integer.parseInt(back.substring(1)));
        if (meant.getMonth() == day.getMonth()
            && day.equals(workday ? nearestWorkday(meant) : meant)) {
          return true;
        }
      } else if (item.endsWith("W")) {
        int number = Integer.parseInt(item.substring(0, item.length() - 1));
        if (number <= last.getDayOfMonth()
            && day.equals(nearestWorkday(day.withDayOfMonth(number)))) {
          return true;
        }
      } else {
        throw new AssertionError(item);
      }
    }
    return false;
  }

  private static LocalDate nearestWorkday(LocalDate day) {
    for (int distance : new int[] {0, -1, 1, -2, 2}) {
      LocalDate near = day.plusDays(distance);
      if (near.getMonth() == day.getMonth()
          && near.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0) {
        return near;
      }
    }
    throw new AssertionError(day);
  }

  private boolean dayOfWeek(LocalDate day) {
    if (daysOfWeek[day.getDayOfWeek().getValue() % 7]) {
      return true;
    }
    for (String item : dayOfWeekRules) {
      if (item.contains("#")) {
        String[] halves = item.split("#");
        LocalDate meant =
            halves[1].equals("L")
                ? day.with(lastInMonth(weekday(halves[0])))
                : day.with(dayOfWeekInMonth(Integer.parseInt(halves[1]), weekday(halves[0])));
        if (day.equals(meant)) {
          return true;
        }
      } else if (item.endsWith("L")) {
        if (day.equals(day.with(lastInMonth(weekday(item.substring(0, item.length() - 1)))))) {
          return true;
        }
      } else {
        throw new AssertionError(item);
      }
    }
    return false;
  }

  /** As {@link #named}, but on the face of a week, which 7 only names a second time. */
  private static boolean weekdayNamed(String item, int number) {
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
    int days = last < first ? last + 7 - first : last - first;
    for (int distance = 0; distance <= days; distance += step) {
      if ((first + distance) % 7 == number) {
        return true;
      }
    }
    return false;
  }

  private static DayOfWeek weekday(String text) {
    int number = number(text, 0, WEEKDAYS);
    return number % 7 == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
  }

  private static boolean[] members(String field, int least, int most, List<String> names) {
    boolean[] members = new boolean[most + 1];
    for (int i = least; i <= most; i++) {
      members[i] = names(field, i, least, most, names);
    }
    return members;
  }

  private static boolean names(String field, int number, int least, int most, List<String> names) {
    for (String item : field.split(",")) {
      if (named(item, number, least, most, names)) {
        return true;
      }
    }
    return false;
  }

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
      // Counts from the first to the last number on a clock face that has these numbers.
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
