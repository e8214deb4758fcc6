package io.carillon.schedule;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * Finds occurrences the stupid way: asks each minute, day by day, whether the wall shows a time
 * that runs. It shares no code with what it judges, only the two policies, and is right for
 * instants from 1973 on, since when every clock changes at a whole minute.
 */
final class WallClockOracle {

  /** What runs, as the wall shows it. */
  interface Wall {
    boolean day(LocalDate day);

    boolean minute(int hour, int minute);

    boolean second(LocalTime time);
  }

  /**
   * A local date that runs makes this many days before and after it worth walking: local and
   * universal date differ by one at most, and a time moved out of a gap lies one further on.
   */
  private static final int MARGIN = 2;

  private static final int MINUTES_PER_DAY = 1_440;
  private static final int SECONDS_PER_DAY = 86_400;

  private final Wall wall;
  private final ZoneRules rules;
  private final Gap gap;
  private final Overlap overlap;

  WallClockOracle(Wall wall, ZoneId zone, Gap gap, Overlap overlap) {
    this.wall = wall;
    this.rules = zone.getRules();
    this.gap = gap;
    this.overlap = overlap;
  }

  /** The first occurrence after an instant, looked for on so many days. */
  Optional<Instant> next(Instant after, int days) {
    LocalDate first = LocalDate.ofInstant(after, ZoneOffset.UTC);
    int seen = -MARGIN - 1;
    for (int i = -2 * MARGIN; i <= days; i++) {
      LocalDate day = first.plusDays(i);
      seen = wall.day(day.plusDays(MARGIN)) ? i + MARGIN : seen;
      if (i >= 0 && seen >= i - MARGIN) {
        Instant midnight = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        boolean quiet = isQuiet(midnight);
        if (quiet && !mayRunOn(midnight)) {
          continue;
        }
        for (int minute = 0; minute < MINUTES_PER_DAY; minute++) {
          Instant start = midnight.plusSeconds(minute * 60L);
          if (start.plusSeconds(59).isAfter(after) && mayRunIn(start, quiet)) {
            for (int second = 0; second < 60; second++) {
              Instant instant = start.plusSeconds(second);
              if (instant.isAfter(after) && runs(instant)) {
                return Optional.of(instant);
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The last occurrence before an instant, looked for on so many days. */
  Optional<Instant> previous(Instant before, int days) {
    LocalDate first = LocalDate.ofInstant(before, ZoneOffset.UTC);
    int seen = -MARGIN - 1;
    for (int i = -2 * MARGIN; i <= days; i++) {
      LocalDate day = first.minusDays(i);
      seen = wall.day(day.minusDays(MARGIN)) ? i + MARGIN : seen;
      if (i >= 0 && seen >= i - MARGIN) {
        Instant midnight = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        boolean quiet = isQuiet(midnight);
        if (quiet && !mayRunOn(midnight)) {
          continue;
        }
        for (int minute = MINUTES_PER_DAY - 1; minute >= 0; minute--) {
          Instant start = midnight.plusSeconds(minute * 60L);
          if (start.isBefore(before) && mayRunIn(start, quiet)) {
            for (int second = 59; second >= 0; second--) {
              Instant instant = start.plusSeconds(second);
              if (instant.isBefore(before) && runs(instant)) {
                return Optional.of(instant);
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Whether no clock change touches the day, neither its own nor one that moves times into it. */
  private boolean isQuiet(Instant midnight) {
    ZoneOffsetTransition change = rules.nextTransition(midnight.minusSeconds(2 * SECONDS_PER_DAY));
    return change == null || change.getInstant().isAfter(midnight.plusSeconds(SECONDS_PER_DAY));
  }

  /** Whether one of the two local dates that a quiet day shows runs. */
  private boolean mayRunOn(Instant midnight) {
    ZoneOffset offset = rules.getOffset(midnight);
    return wall.day(LocalDate.ofInstant(midnight, offset))
        || wall.day(LocalDate.ofInstant(midnight.plusSeconds(SECONDS_PER_DAY - 1), offset));
  }

  private boolean mayRunIn(Instant minute, boolean quiet) {
    if (mayRunIn(minute, rules.getOffset(minute))) {
      return true;
    }
    ZoneOffsetTransition last = quiet ? null : rules.previousTransition(minute.plusSeconds(1));
    return last != null && mayRunIn(minute, last.getOffsetBefore());
  }

  private boolean mayRunIn(Instant minute, ZoneOffset offset) {
    long shown = minute.getEpochSecond() + offset.getTotalSeconds();
    int ofDay = (int) Math.floorMod(shown, (long) SECONDS_PER_DAY) / 60;
    return wall.minute(ofDay / 60, ofDay % 60)
        && wall.day(LocalDate.ofEpochDay(Math.floorDiv(shown, (long) SECONDS_PER_DAY)));
  }

  private boolean runs(Instant instant) {
    ZoneOffset offset = rules.getOffset(instant);
    LocalDateTime shown = LocalDateTime.ofInstant(instant, offset);
    if (runs(shown) && wanted(shown, offset)) {
      return true;
    }
    return gap == Gap.AFTER
        && justAfterGap(instant)
            .map(change -> LocalDateTime.ofInstant(instant, change.getOffsetBefore()))
            .filter(this::runs)
            .isPresent();
  }

  private boolean runs(LocalDateTime shown) {
    return wall.second(shown.toLocalTime())
        && wall.minute(shown.getHour(), shown.getMinute())
        && wall.day(shown.toLocalDate());
  }

  private boolean wanted(LocalDateTime shown, ZoneOffset offset) {
    List<ZoneOffset> offsets = rules.getValidOffsets(shown);
    return switch (overlap) {
      case BOTH -> true;
      case FIRST -> offset.equals(offsets.get(0));
      case LAST -> offset.equals(offsets.get(offsets.size() - 1));
    };
  }

  /** The change that put the clock forward, if that was no longer ago than it put it forward by. */
  private Optional<ZoneOffsetTransition> justAfterGap(Instant instant) {
    return Optional.ofNullable(rules.previousTransition(instant.plusSeconds(1)))
        .filter(ZoneOffsetTransition::isGap)
        .filter(
            change ->
                ChronoUnit.SECONDS.between(change.getInstant(), instant)
                    < change.getDuration().toSeconds());
  }
}
