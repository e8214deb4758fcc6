package io.carillon.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * At each given instant once; without any, at once.
 *
 * @param at instants of the years 0001 to 9999; kept sorted, cut to milliseconds, duplicates folded
 */
public record OnceSchedule(List<Instant> at) implements Schedule {

  public OnceSchedule {
    Faults faults = new Faults();
    List<Instant> given = at == null ? List.of() : at;
    List<Instant> kept = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Instant instant = given.get(i);
      if (instant == null) {
        faults.add("/at/" + i, "required", "an instant is required");
      } else if (!Timetable.covers(instant)) {
        faults.add("/at/" + i, "out-of-range", instant + " is outside the years 0001 to 9999");
      } else {
        kept.add(instant.truncatedTo(ChronoUnit.MILLIS));
      }
    }
    faults.throwIfAny();
    at = kept.stream().sorted().distinct().toList();
  }

  @Override
  public String describe() {
    return at.isEmpty() ? "once, at once" : "once at " + Words.instants(at);
  }

  @Override
  public Optional<Duration> shortestInterval() {
    Optional<Duration> shortest = Optional.empty();
    for (int i = 1; i < at.size(); i++) {
      Duration distance = Duration.between(at.get(i - 1), at.get(i));
      if (shortest.isEmpty() || distance.compareTo(shortest.get()) < 0) {
        shortest = Optional.of(distance);
      }
    }
    return shortest;
  }
}
