package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every timetable that can be walked, whatever its kind, zone and window. */
class TimetablePropertiesTest {

  private static final int STEPS = 20;

  /** A timetable and an instant inside the years that have clock changes. */
  record Case(Timetable timetable, Instant from) {
    @Override
    public String toString() {
      return timetable + " from " + from;
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.longs().map(TimetablePropertiesTest::draw);
  }

  private static Case draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RandomSchedules draw = new RandomSchedules(random);
    NamedZone zone = draw.zone();
    Schedule schedule =
        switch (random.nextInt(6)) {
          case 0 -> draw.daily(zone);
          case 1 -> draw.weekly(zone);
          case 2 -> draw.monthly(zone);
          case 3 -> draw.duration();
          default -> new CronSchedule(draw.cron(), zone, draw.policy());
        };
    Instant anchor = draw.instant(zone.id());
    Optional<Instant> startAt =
        random.nextBoolean() ? Optional.of(draw.instant(zone.id())) : Optional.empty();
    Optional<Instant> endAt =
        random.nextBoolean()
            ? Optional.of(startAt.orElse(anchor).plusSeconds(random.nextLong(400_000_000)))
            : Optional.empty();
    return new Case(new Timetable(schedule, anchor, startAt, endAt), draw.instant(zone.id()));
  }

  @Property
  void occurrencesAscendStrictlyInsideTheWindow(@ForAll("cases") Case given) {
    // When
    List<Instant> runs = walk(given);

    // Then
    Instant last = given.from();
    for (Instant run : runs) {
      assertThat(run).isAfter(last);
      last = run;
    }
    given
        .timetable()
        .startAt()
        .ifPresent(start -> assertThat(runs).allMatch(run -> !run.isBefore(start)));
    given.timetable().endAt().ifPresent(end -> assertThat(runs).allMatch(run -> run.isBefore(end)));
    if (given.timetable().startAt().isEmpty()) {
      assertThat(runs).allMatch(run -> run.isAfter(given.timetable().anchor()));
    }
  }

  @Property
  void nextOfAnyInstantBetweenTwoOccurrencesIsTheLaterOne(
      @ForAll("cases") Case given, @ForAll long seed) {
    // Given
    List<Instant> runs = walk(given);
    SplittableRandom random = new SplittableRandom(seed);

    for (int i = 1; i < runs.size(); i++) {
      long first = runs.get(i - 1).toEpochMilli();
      long second = runs.get(i).toEpochMilli();
      Instant between = Instant.ofEpochMilli(random.nextLong(first, second));

      // When
      Optional<Instant> next = given.timetable().next(between, Runs.NO_CHANCE);

      // Then
      assertThat(next).contains(runs.get(i));
    }
  }

  @Property
  void previousIsTheInverseOfNext(@ForAll("cases") Case given, @ForAll long seed) {
    // Given
    List<Instant> runs = walk(given);
    SplittableRandom random = new SplittableRandom(seed);

    for (int i = 1; i < runs.size(); i++) {
      long first = runs.get(i - 1).toEpochMilli();
      long second = runs.get(i).toEpochMilli();
      Instant between = Instant.ofEpochMilli(random.nextLong(first, second) + 1);

      // When
      Optional<Instant> previous = given.timetable().previous(between);

      // Then
      assertThat(previous).contains(runs.get(i - 1));
    }
  }

  @Property
  void theCountIsTheNumberOfOccurrencesWalked(@ForAll("cases") Case given) {
    // Given
    List<Instant> runs = walk(given);

    for (int i = 0; i < runs.size(); i++) {
      // When
      long upToHere = given.timetable().count(given.from(), runs.get(i));
      long justBefore = given.timetable().count(given.from(), runs.get(i).minusMillis(1));

      // Then
      assertThat(upToHere).isEqualTo(i + 1);
      assertThat(justBefore).isEqualTo(i);
    }
  }

  private static List<Instant> walk(Case given) {
    List<Instant> runs = new ArrayList<>();
    Optional<Instant> next = given.timetable().next(given.from(), Runs.NO_CHANCE);
    while (next.isPresent() && runs.size() < STEPS) {
      runs.add(next.get());
      next = given.timetable().next(next.get(), Runs.NO_CHANCE);
    }
    return runs;
  }
}
