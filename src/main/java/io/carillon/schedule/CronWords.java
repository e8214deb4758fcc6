package io.carillon.schedule;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A cron expression in English: {@code every weekday at 09:00, Europe/Berlin}. */
final class CronWords {

  private final CronFields fields;

  private CronWords(CronFields fields) {
    this.fields = fields;
  }

  static String describe(CronFields fields, NamedZone zone) {
    return new CronWords(fields).sentence() + ", " + zone;
  }

  private String sentence() {
    String times = ClockWords.describe(fields.second(), fields.minute(), fields.hour());
    boolean oftenADay = !times.startsWith("at ");
    String days = days();
    String sentence;
    if (oftenADay) {
      sentence = days.equals("every day") ? times : times + ", " + days;
    } else {
      sentence = days + " " + times;
    }
    return fields
        .year()
        .filter(year -> !year.any())
        .map(this::years)
        .map(sentence::concat)
        .orElse(sentence);
  }

  private String days() {
    CronField ofMonth = fields.dayOfMonth();
    CronField ofWeek = fields.dayOfWeek();
    boolean allOfMonth = ofMonth.values().cardinality() == 31;
    boolean allOfWeek = ofWeek.values().cardinality() == 7;
    boolean either = !ofMonth.any() && !ofWeek.any() && !fields.bothDays();
    if (either ? allOfMonth || allOfWeek : allOfMonth && allOfWeek) {
      return "every day" + months(" in ", "");
    }
    if (allOfMonth) {
      return daysOfWeek() + months(" in ", "");
    }
    String byMonth = "on " + daysOfMonth() + months(" of ", " of every month");
    if (allOfWeek) {
      return byMonth;
    }
    return fields.bothDays()
        ? byMonth + " if that is " + daysOfWeek().replaceFirst("^every ", "a ")
        : byMonth + " and " + daysOfWeek() + months(" in ", "");
  }

  private String daysOfMonth() {
    Stream<String> numbered = fields.dayOfMonth().values().stream().mapToObj(Words::monthDay);
    return Words.and(
        Stream.concat(numbered, fields.dayOfMonth().rules().stream().map(DayRule::describe))
            .toList());
  }

  private String daysOfWeek() {
    CronField field = fields.dayOfWeek();
    List<DayOfWeek> days =
        field.values().stream()
            .map(day -> day == 0 ? 7 : day)
            .sorted()
            .mapToObj(DayOfWeek::of)
            .toList();
    List<String> words = new ArrayList<>();
    if (!days.isEmpty()) {
      words.add("every " + Words.weekdays(days));
    }
    if (!field.rules().isEmpty()) {
      String rules = Words.and(field.rules().stream().map(DayRule::describe).toList());
      words.add("on " + rules + " of the month");
    }
    return Words.and(words);
  }

  private String months(String in, String everyMonth) {
    if (fields.month().values().cardinality() == 12) {
      return everyMonth;
    }
    return in
        + Words.and(
            fields.month().values().stream()
                .mapToObj(month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                .toList());
  }

  private String years(CronField year) {
    int first = year.values().nextSetBit(0);
    int last = year.values().length() - 1;
    boolean unbroken = last - first + 1 == year.values().cardinality();
    return unbroken && last > first
        ? " from " + first + " to " + last
        : " in " + Words.and(year.values().stream().mapToObj(Integer::toString).toList());
  }
}
