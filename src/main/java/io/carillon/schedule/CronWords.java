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
        .map(CronWords::years)
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
    CronField field = fields.dayOfMonth();
    NumberWords numbered = new NumberWords(field.values().stream(), Words::monthDay);
    return Words.and(
        Stream.concat(
                numbered.phrases("day").stream(), field.rules().stream().map(DayRule::describe))
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
    NumberWords months = new NumberWords(fields.month().values().stream(), CronWords::month);
    return in + Words.and(months.phrases("month"));
  }

  private static String month(int month) {
    return Month.of(month).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String years(CronField field) {
    NumberWords years = new NumberWords(field.values().stream(), Integer::toString);
    boolean unbroken = years.size() > 1 && years.last() - years.first() == years.size() - 1;
    int step = unbroken ? 1 : years.step().orElse(0);
    if (step == 0) {
      return " in " + Words.and(years.phrases("year"));
    }
    boolean open = years.last() + step > Civil.LAST_YEAR;
    String span = " from " + years.first() + (open ? " on" : " to " + years.last());
    return unbroken ? span : ", every " + Words.ordinal(step) + " year" + span;
  }
}
