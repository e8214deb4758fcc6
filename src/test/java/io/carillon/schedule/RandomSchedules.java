package io.carillon.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws valid schedules, zones and instants, often those where mistakes are likely. */
final class RandomSchedules {

  static final Instant FIRST = Instant.parse("1973-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("2037-12-31T00:00:00Z");

  private static final List<NamedZone> ZONES = Runs.allZones().toList();
  private static final String[] MONTHS = {
    "JAN", "feb", "Mar", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"
  };
  private static final String[] WEEKDAYS = {"SUN", "mon", "Tue", "WED", "THU", "FRI", "SAT"};

  private final RandomGenerator random;

  RandomSchedules(RandomGenerator random) {
    this.random = random;
  }

  NamedZone zone() {
    return ZONES.get(random.nextInt(ZONES.size()));
  }

  /** Any instant to the millisecond; half of them within three days of a change of the clock. */
  Instant instant(ZoneId zone) {
    long between = LAST.getEpochSecond() - FIRST.getEpochSecond();
    Instant any = FIRST.plusSeconds(random.nextLong(between));
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    if (change != null && change.getInstant().isBefore(LAST) && random.nextBoolean()) {
      any = change.getInstant().plusSeconds(random.nextLong(-259_200, 259_200));
    }
    return random.nextInt(4) == 0 ? any : any.plusMillis(random.nextInt(1000));
  }

  DstPolicy policy() {
    return switch (random.nextInt(3)) {
      case 0 -> DstPolicy.DEFAULT;
      case 1 -> DstPolicy.of(pick(DstPolicy.Gap.values()), pick(DstPolicy.Overlap.values()));
      default -> DstPolicy.of(DstPolicy.Gap.AFTER, pick(DstPolicy.Overlap.values()));
    };
  }

  String cron() {
    List<String> fields = new ArrayList<>();
    int count = 5 + random.nextInt(3);
    if (count > 5) {
      fields.add(random.nextInt(3) == 0 ? field(0, 59, null) : "0");
    }
    fields.add(random.nextInt(4) == 0 ? "*" : field(0, 59, null));
    fields.add(hour());
    fields.add(
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> random.nextBoolean() ? "*" : "?";
          case 3 -> list(this::dayOfMonth);
          default -> field(1, 31, null);
        });
    fields.add(random.nextInt(3) > 0 ? "*" : field(1, 12, MONTHS));
    String both = random.nextInt(10) == 0 ? "+" : "";
    fields.add(
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> random.nextBoolean() ? "*" : "?";
          case 3 -> both + list(this::dayOfWeek);
          default -> both + field(0, 7, WEEKDAYS);
        });
    if (count == 7) {
      fields.add(random.nextInt(3) > 0 ? "*" : list(this::years));
    }
    return String.join(random.nextInt(20) == 0 ? "\t " : " ", fields);
  }

  DurationSchedule duration() {
    return new DurationSchedule(Duration.ofMillis(1 + random.nextLong(200_000_000)), null);
  }

  DailySchedule daily(NamedZone zone) {
    return new DailySchedule(every(), times(), zone, policy());
  }

  WeeklySchedule weekly(NamedZone zone) {
    List<DayOfWeek> days = several(() -> pick(DayOfWeek.values()));
    return new WeeklySchedule(every(), days, times(), pick(DayOfWeek.values()), zone, policy());
  }

  MonthlySchedule monthly(NamedZone zone) {
    List<Integer> days =
        several(() -> random.nextBoolean() ? 1 + random.nextInt(31) : -1 - random.nextInt(31));
    return new MonthlySchedule(every(), days, times(), zone, policy());
  }

  private int every() {
    return random.nextBoolean() ? 1 : 1 + random.nextInt(20);
  }

  private List<LocalTime> times() {
    return several(
        () ->
            random.nextBoolean()
                ? LocalTime.of(random.nextInt(4), 15 * random.nextInt(4))
                : LocalTime.ofSecondOfDay(random.nextInt(86_400)));
  }

  private String hour() {
    return switch (random.nextInt(5)) {
      case 0 -> "*";
      case 1, 2 -> String.valueOf(random.nextInt(4));
      default -> field(0, 23, null);
    };
  }

  private String dayOfMonth() {
    return switch (random.nextInt(6)) {
      case 0 -> "L";
      case 1 -> "L-" + random.nextInt(31);
      case 2 -> "LW";
      case 3 -> "L-" + random.nextInt(10) + "W";
      case 4 -> (1 + random.nextInt(31)) + "w";
      default -> item(1, 31, null);
    };
  }

  private String dayOfWeek() {
    return switch (random.nextInt(4)) {
      case 0 -> one(0, 7, WEEKDAYS) + "L";
      case 1 -> one(0, 7, WEEKDAYS) + "#" + (1 + random.nextInt(5));
      case 2 -> one(0, 7, WEEKDAYS) + "#L";
      default -> item(0, 7, WEEKDAYS);
    };
  }

  /** Within the years that the oracle looks at, but for what ends with the calendar. */
  private String years() {
    int first = 1_970 + random.nextInt(90);
    String step = "/" + (1 + random.nextInt(5));
    return switch (random.nextInt(5)) {
      case 0 -> "*" + step;
      case 1 -> first + step;
      case 2 -> first + "-" + (first + random.nextInt(10));
      case 3 -> first + "-2069" + step;
      default -> String.valueOf(first);
    };
  }

  private String field(int least, int most, String[] names) {
    return list(() -> item(least, most, names));
  }

  private String list(Supplier<String> item) {
    return String.join(",", several(item));
  }

  private String item(int least, int most, String[] names) {
    String step = "/" + (1 + random.nextInt(Math.min(most, 20)));
    return switch (random.nextInt(8)) {
      case 0 -> "*" + step;
      case 1 -> one(least, most, names) + step;
      case 2 -> one(least, most, names) + "-" + one(least, most, names);
      case 3 -> one(least, most, names) + "-" + one(least, most, names) + step;
      default -> one(least, most, names);
    };
  }

  private String one(int least, int most, String[] names) {
    int number = random.nextInt(least, most + 1);
    int name = number - least;
    return names != null && name < names.length && random.nextBoolean()
        ? names[name]
        : String.format(Locale.ROOT, random.nextInt(8) == 0 ? "%02d" : "%d", number);
  }

  private <T> List<T> several(Supplier<T> one) {
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    return IntStream.range(0, count).mapToObj(i -> one.get()).toList();
  }

  private <T> T pick(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
