package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random expressions of the Unix kind against cron-utils 9.2.1. Where clocks do not change, all
 * answers are the same, save what {@link #differsWhereItIsSaid} lists:
 *
 * <ul>
 *   <li>cron-utils takes <code>&#42;/1</code> in a day field for a bare star, so the other day
 *       field alone decides; for us anything but a bare star restricts, as the contract says.
 *   <li>It runs a fixed hour that comes twice the second time or both times; we the first time.
 *   <li>It counts on in whole hours of local time after a gap at midnight or of half an hour, and
 *       so passes over the first hour of a later month; we do not.
 *   <li>In the second pass of a repeated hour it may run minutes of hours that are not named.
 * </ul>
 */
class CronUtilsDifferenceTest {

  private static final int CASES = 4_000;
  private static final ZoneId UTC = ZoneNames.UTC.id();

  private final CronParser theirs =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  @Test
  void agreesWhereClocksDoNotChange() {
    for (int i = 0; i < CASES; i++) {
      // Given
      SplittableRandom random = new SplittableRandom(i);
      String expression = expression(random);
      Instant instant = instant(random, UTC);

      // When
      List<Optional<Instant>> answers = ours(expression, UTC, instant);

      // Then
      assertThat(answers)
          .as("%s at %s", expression, instant)
          .isEqualTo(theirs(expression, UTC, instant));
    }
  }

  @Test
  void differsOnlyAroundClockChanges() {
    // Given
    List<ZoneId> zones =
        Stream.of(
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "America/Sao_Paulo",
                "Europe/Dublin")
            .map(ZoneId::of)
            .toList();
    int same = 0;
    for (int i = 0; i < CASES; i++) {
      SplittableRandom random = new SplittableRandom(i);
      String expression = expression(random);
      ZoneId zone = zones.get(i % zones.size());
      Instant instant = instant(random, zone);

      // When
      List<Optional<Instant>> ours = ours(expression, zone, instant);
      List<Optional<Instant>> theirs = theirs(expression, zone, instant);

      // Then
      if (ours.equals(theirs)) {
        same++;
      } else {
        List<Instant> instants = new ArrayList<>(List.of(instant));
        Stream.concat(ours.stream(), theirs.stream())
            .flatMap(Optional::stream)
            .forEach(instants::add);
        assertThat(instants)
            .as("%s in %s at %s: %s, not %s", expression, zone, instant, ours, theirs)
            .anyMatch(one -> isNearChange(one, zone));
      }
    }
    assertThat(same).isGreaterThan(CASES * 99 / 100);
  }

  @ParameterizedTest(name = "{0} {1} after {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 7 * */1    | UTC                 | 2008-01-13T10:00:00Z | 2008-01-14T00:00:00Z | 2008-02-07T00:00:00Z
          0 0 */1 * 2    | UTC                 | 1975-05-17T19:00:00Z | 1975-05-18T00:00:00Z | 1975-05-20T00:00:00Z
          19 2 27-31 10 * | Europe/Berlin      | 2024-10-26T07:00:00Z | 2024-10-27T00:19:00Z | 2024-10-27T01:19:00Z
          * 10-17,2-8 * * * | Europe/Berlin    | 2007-10-28T01:56:41Z | 2007-10-28T02:00:00Z | 2007-10-28T01:57:00Z
          36 * * 1 *     | America/Sao_Paulo   | 2006-11-05T23:31:22Z | 2007-01-01T02:36:00Z | 2007-01-01T03:36:00Z
          """)
  void differsWhereItIsSaid(
      String expression, String zone, Instant after, Instant ours, Instant theirs) {
    // When
    Optional<Instant> ourNext = ours(expression, ZoneId.of(zone), after).get(0);
    Optional<Instant> theirNext = theirs(expression, ZoneId.of(zone), after).get(0);

    // Then
    assertThat(ourNext).contains(ours);
    assertThat(theirNext).contains(theirs);
  }

  private static List<Optional<Instant>> ours(String expression, ZoneId zone, Instant instant) {
    Timetable timetable = Runs.cron(expression, zone.getId());
    return List.of(timetable.next(instant, Runs.NO_CHANCE), timetable.previous(instant));
  }

  private List<Optional<Instant>> theirs(String expression, ZoneId zone, Instant instant) {
    ExecutionTime times = ExecutionTime.forCron(theirs.parse(expression));
    ZonedDateTime local = instant.atZone(zone);
    return List.of(
        times.nextExecution(local).map(ZonedDateTime::toInstant),
        times.lastExecution(local).map(ZonedDateTime::toInstant));
  }

  private static boolean isNearChange(Instant instant, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(instant.minus(Duration.ofDays(1)));
    return change != null && change.getInstant().isBefore(instant.plus(Duration.ofDays(1)));
  }

  /** To the second, the finest that cron-utils looks at. */
  private static Instant instant(SplittableRandom random, ZoneId zone) {
    return new RandomSchedules(random).instant(zone).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String expression(SplittableRandom random) {
    return String.join(
        " ",
        field(random, 0, 59),
        field(random, 0, 23),
        field(random, 1, 31),
        field(random, 1, 12),
        field(random, 0, 6));
  }

  private static String field(SplittableRandom random, int least, int most) {
    if (random.nextInt(3) == 0) {
      return "*";
    }
    StringJoiner items = new StringJoiner(",");
    for (int i = random.nextInt(3) == 0 ? 2 : 0; i >= 0; i--) {
      items.add(item(random, least, most));
    }
    return items.toString();
  }

  /** Ranges ascend and steps fit into them: cron-utils knows nothing else. */
  private static String item(SplittableRandom random, int least, int most) {
    int first = random.nextInt(least, most);
    int last = random.nextInt(first + 1, most + 1);
    return switch (random.nextInt(5)) {
      case 0 -> "*/" + random.nextInt(2, most);
      case 1 -> first + "-" + last;
      case 2 -> first + "-" + last + "/" + random.nextInt(1, last - first + 1);
      default -> Integer.toString(first);
    };
  }
}
