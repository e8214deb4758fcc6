package io.carillon.schedule;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Reads timetables for assertions. */
final class Runs {

  static final RandomGenerator NO_CHANCE =
      () -> {
        throw new AssertionError("this schedule draws nothing");
      };

  private Runs() {}

  static RandomGenerator chance(long seed) {
    return new SplittableRandom(seed);
  }

  /** One zone of each set of rules; the others are names for the same. */
  static Stream<NamedZone> zones() {
    Map<ZoneRules, NamedZone> zones = new LinkedHashMap<>();
    allZones().forEach(zone -> zones.putIfAbsent(zone.id().getRules(), zone));
    return zones.values().stream();
  }

  static Stream<NamedZone> allZones() {
    return ZoneRulesProvider.getAvailableZoneIds().stream()
        .sorted()
        .map(ZoneNames::find)
        .flatMap(Optional::stream);
  }

  static NamedZone zone(String name) {
    return ZoneNames.find(name).orElseThrow();
  }

  static Timetable timetable(Schedule schedule, String anchor) {
    return new Timetable(schedule, instant(anchor), Optional.empty(), Optional.empty());
  }

  /** A cron schedule in its own zone, on all the years there are. */
  static Timetable cron(String expression, String zone) {
    return timetable(
        new CronSchedule(expression, zone(zone), DstPolicy.DEFAULT), "0001-01-01T00:00:00Z");
  }

  /** The next occurrences as local times of the schedule's zone, such as 2026-03-29T03:30+02:00. */
  static List<String> local(Timetable timetable, String after, int count) {
    ZoneId zone = timetable.schedule().zone();
    return next(timetable, after, count).stream()
        .map(instant -> instant.atZone(zone).toOffsetDateTime().toString())
        .toList();
  }

  static List<Instant> next(Timetable timetable, String after, int count) {
    List<Instant> runs = new ArrayList<>();
    Optional<Instant> next = timetable.next(instant(after), NO_CHANCE);
    while (next.isPresent() && runs.size() < count) {
      runs.add(next.get());
      next = timetable.next(next.get(), NO_CHANCE);
    }
    return runs;
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
