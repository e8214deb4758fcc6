package io.carillon.api.schedule;

import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.From;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.Timetable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What can be told today of occurrences to come. */
public final class Foresight {

  /** How many occurrences are told where nobody says. */
  public static final int USUAL = 10;

  /** How many occurrences are told at most. */
  public static final int MOST = 1_000;

  private Foresight() {}

  /**
   * How many of a schedule's occurrences can be told: what chance or the end of a run decides is
   * known one by one only.
   */
  public static int reach(Schedule schedule) {
    if (schedule instanceof EventSchedule) {
      return 0;
    }
    boolean follows = schedule.from() == From.COMPLETION;
    return follows || schedule instanceof RandomDurationSchedule ? 1 : MOST;
  }

  /** The occurrences strictly after an instant, at most so many. */
  public static List<Instant> occurrences(
      Timetable timetable, Instant after, int count, RandomGenerator random) {
    List<Instant> occurrences = new ArrayList<>();
    int most = Math.min(count, reach(timetable.schedule()));
    Optional<Instant> next = most < 1 ? Optional.empty() : timetable.next(after, random);
    while (next.isPresent()) {
      occurrences.add(next.get());
      next = occurrences.size() < most ? timetable.next(next.get(), random) : Optional.empty();
    }
    return occurrences;
  }

  /** Whether it runs when it is made, so that the instant of its making counts as to come. */
  public static boolean runsAtOnce(Schedule schedule) {
    return schedule instanceof OnceSchedule once && once.at().isEmpty();
  }
}
