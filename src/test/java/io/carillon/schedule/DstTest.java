package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.schedule.DstPolicy.Gap;
import io.carillon.schedule.DstPolicy.Overlap;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clock changes that happened or are law, and what runs around them. */
class DstTest {

  /**
   * The columns: expression, zone, policy ({@code -} the default, else gap and overlap), from when
   * on, and what runs. A fixed hour by default skips the gap and runs once in the overlap; any
   * other runs through both by elapsed time.
   */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # One hour forward: Berlin, 29 March 2026, 02:00 to 03:00.
          30 2 * * *    | Europe/Berlin        | -           | 2026-03-28T00:00:00+01:00 | 2026-03-28T02:30+01:00, 2026-03-30T02:30+02:00
          30 2 * * *    | Europe/Berlin        | after first | 2026-03-28T12:00:00+01:00 | 2026-03-29T03:30+02:00, 2026-03-30T02:30+02:00
          30 2,3 * * *  | Europe/Berlin        | after first | 2026-03-29T00:00:00+01:00 | 2026-03-29T03:30+02:00, 2026-03-30T02:30+02:00
          0 2,3 * * *   | Europe/Berlin        | -           | 2026-03-29T00:00:00+01:00 | 2026-03-29T03:00+02:00, 2026-03-30T02:00+02:00
          0 3 * * *     | Europe/Berlin        | -           | 2026-03-29T00:00:00+01:00 | 2026-03-29T03:00+02:00, 2026-03-30T03:00+02:00
          59 1 * * *    | Europe/Berlin        | -           | 2026-03-29T00:00:00+01:00 | 2026-03-29T01:59+01:00, 2026-03-30T01:59+02:00
          */30 * * * *  | Europe/Berlin        | -           | 2026-03-29T01:00:00+01:00 | 2026-03-29T01:30+01:00, 2026-03-29T03:00+02:00, 2026-03-29T03:30+02:00
          30 * * * *    | Europe/Berlin        | after both  | 2026-03-29T01:00:00+01:00 | 2026-03-29T01:30+01:00, 2026-03-29T03:30+02:00, 2026-03-29T04:30+02:00
          45 */2 * * *  | Europe/Berlin        | -           | 2026-03-29T00:00:00+01:00 | 2026-03-29T00:45+01:00, 2026-03-29T04:45+02:00
          15 2-3 * * *  | Europe/Berlin        | -           | 2026-03-29T00:00:00+01:00 | 2026-03-29T03:15+02:00, 2026-03-30T02:15+02:00
          # One hour back: Berlin, 25 October 2026, 03:00 to 02:00.
          30 2 * * *    | Europe/Berlin        | -           | 2026-10-25T00:00:00+02:00 | 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00
          30 2 * * *    | Europe/Berlin        | skip last   | 2026-10-25T00:00:00+02:00 | 2026-10-25T02:30+01:00, 2026-10-26T02:30+01:00
          30 2 * * *    | Europe/Berlin        | skip both   | 2026-10-25T00:00:00+02:00 | 2026-10-25T02:30+02:00, 2026-10-25T02:30+01:00, 2026-10-26T02:30+01:00
          30 2 * * *    | Europe/Berlin        | -           | 2026-10-25T02:30:00+01:00 | 2026-10-26T02:30+01:00
          0 2,3 * * *   | Europe/Berlin        | -           | 2026-10-25T00:00:00+02:00 | 2026-10-25T02:00+02:00, 2026-10-25T03:00+01:00
          0 * * * *     | Europe/Berlin        | -           | 2026-10-25T01:30:00+02:00 | 2026-10-25T02:00+02:00, 2026-10-25T02:00+01:00, 2026-10-25T03:00+01:00
          */30 * * * *  | Europe/Berlin        | skip first  | 2026-10-25T01:30:00+02:00 | 2026-10-25T02:00+02:00, 2026-10-25T02:30+02:00, 2026-10-25T03:00+01:00
          */30 * * * *  | Europe/Berlin        | skip last   | 2026-10-25T01:30:00+02:00 | 2026-10-25T02:00+01:00, 2026-10-25T02:30+01:00, 2026-10-25T03:00+01:00
          0 2/12 * * *  | Europe/Berlin        | -           | 2026-10-25T01:30:00+02:00 | 2026-10-25T02:00+02:00, 2026-10-25T02:00+01:00, 2026-10-25T14:00+01:00
          # Winter time as the exception in law (Dublin): the clocks do as in London.
          30 1 * * *    | Europe/Dublin        | -           | 2026-03-28T12:00:00Z      | 2026-03-30T01:30+01:00
          30 1 * * *    | Europe/Dublin        | after first | 2026-03-28T12:00:00Z      | 2026-03-29T02:30+01:00, 2026-03-30T01:30+01:00
          30 1 * * *    | Europe/Dublin        | -           | 2026-10-24T12:00:00Z      | 2026-10-25T01:30+01:00, 2026-10-26T01:30Z
          # Half an hour (Lord Howe): 5 April 2026 back to 01:30, 4 October 2026 forward to 02:30.
          45 1 * * *    | Australia/Lord_Howe  | skip both   | 2026-04-04T12:00:00Z      | 2026-04-05T01:45+11:00, 2026-04-05T01:45+10:30, 2026-04-06T01:45+10:30
          */15 * * * *  | Australia/Lord_Howe  | -           | 2026-04-05T01:40:00+11:00 | 2026-04-05T01:45+11:00, 2026-04-05T01:30+10:30, 2026-04-05T01:45+10:30, 2026-04-05T02:00+10:30
          15 2 * * *    | Australia/Lord_Howe  | after first | 2026-10-03T20:00:00+10:30 | 2026-10-04T02:45+11:00, 2026-10-05T02:15+11:00
          15 2 * * *    | Australia/Lord_Howe  | -           | 2026-10-03T20:00:00+10:30 | 2026-10-05T02:15+11:00
          # Two hours (Troll): 29 March 2026, 01:00 to 03:00; 25 October 2026, 03:00 to 01:00.
          30 1 * * *    | Antarctica/Troll     | after first | 2026-03-28T12:00:00Z      | 2026-03-29T03:30+02:00, 2026-03-30T01:30+02:00
          30 2 * * *    | Antarctica/Troll     | after first | 2026-03-28T12:00:00Z      | 2026-03-29T04:30+02:00, 2026-03-30T02:30+02:00
          0 * * * *     | Antarctica/Troll     | -           | 2026-10-25T00:30:00+02:00 | 2026-10-25T01:00+02:00, 2026-10-25T02:00+02:00, 2026-10-25T01:00Z, 2026-10-25T02:00Z, 2026-10-25T03:00Z
          # Midnight left out (São Paulo, 4 November 2018) and repeated (18 February 2018).
          0 0 * * *     | America/Sao_Paulo    | -           | 2018-11-03T12:00:00-03:00 | 2018-11-05T00:00-02:00
          @daily        | America/Sao_Paulo    | after first | 2018-11-03T12:00:00-03:00 | 2018-11-04T01:00-02:00, 2018-11-05T00:00-02:00
          0 0 4 11 *    | America/Sao_Paulo    | after first | 2018-11-03T12:00:00-03:00 | 2018-11-04T01:00-02:00, 2019-11-04T00:00-03:00
          30 23 * * *   | America/Sao_Paulo    | -           | 2018-02-17T12:00:00-02:00 | 2018-02-17T23:30-02:00, 2018-02-18T23:30-03:00
          30 23 * * *   | America/Sao_Paulo    | skip both   | 2018-02-17T12:00:00-02:00 | 2018-02-17T23:30-02:00, 2018-02-17T23:30-03:00, 2018-02-18T23:30-03:00
          # A day left out (Apia, 30 December 2011).
          0 9 * * *     | Pacific/Apia         | -           | 2011-12-28T12:00:00-10:00 | 2011-12-29T09:00-10:00, 2011-12-31T09:00+14:00
          0 9 30 12 *   | Pacific/Apia         | after first | 2011-12-28T12:00:00-10:00 | 2011-12-31T09:00+14:00, 2012-12-30T09:00+14:00
          0 */12 * * *  | Pacific/Apia         | -           | 2011-12-29T11:00:00-10:00 | 2011-12-29T12:00-10:00, 2011-12-31T00:00+14:00
          # Another (Kwajalein, 21 August 1993).
          0 9 21 8 *    | Pacific/Kwajalein    | skip first  | 1993-08-01T00:00:00Z      | 1994-08-21T09:00+12:00
          # Summer time suspended in the midst of summer (Casablanca, Ramadan 2026).
          30 2 * * *    | Africa/Casablanca    | -           | 2026-02-14T12:00:00Z      | 2026-02-15T02:30+01:00, 2026-02-16T02:30Z
          # A day that begins at one o'clock (Beirut, 29 March 2026).
          0 0 * * *     | Asia/Beirut          | after first | 2026-03-28T12:00:00+02:00 | 2026-03-29T01:00+03:00, 2026-03-30T00:00+03:00
          """)
  void runsAroundClockChanges(
      String expression, String zone, String policy, String after, String expected) {
    // Given
    CronSchedule cron = new CronSchedule(expression, Runs.zone(zone), policy(policy));
    Timetable timetable = Runs.timetable(cron, "0001-01-01T00:00:00Z");
    List<String> runs = Arrays.asList(expected.split(", "));

    // When
    List<String> next = Runs.local(timetable, after, runs.size());

    // Then
    assertThat(next).isEqualTo(runs);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          02:30 | Europe/Berlin     | -         | 2026-03-28T12:00:00Z | 2026-03-29T03:30+02:00, 2026-03-30T02:30+02:00
          02:30 | Europe/Berlin     | skip both | 2026-03-28T12:00:00Z | 2026-03-30T02:30+02:00
          02:30 | Europe/Berlin     | -         | 2026-10-24T12:00:00Z | 2026-10-25T02:30+02:00, 2026-10-26T02:30+01:00
          02:30 | Europe/Berlin     | skip last | 2026-10-24T12:00:00Z | 2026-10-25T02:30+01:00, 2026-10-26T02:30+01:00
          00:00 | America/Sao_Paulo | -         | 2018-11-03T12:00:00Z | 2018-11-04T01:00-02:00, 2018-11-05T00:00-02:00
          09:00 | Pacific/Apia      | -         | 2011-12-28T22:00:00Z | 2011-12-29T09:00-10:00, 2011-12-31T09:00+14:00, 2012-01-01T09:00+14:00
          """)
  void dailyRunsAfterTheGapUnlessToldOtherwise(
      LocalTime at, String zone, String policy, String after, String expected) {
    // Given
    DailySchedule daily = new DailySchedule(1, List.of(at), Runs.zone(zone), policy(policy));
    List<String> runs = Arrays.asList(expected.split(", "));

    // When
    List<String> next = Runs.local(Runs.timetable(daily, after), after, runs.size());

    // Then
    assertThat(next).isEqualTo(runs);
  }

  private static DstPolicy policy(String text) {
    if (text.equals("-")) {
      return DstPolicy.DEFAULT;
    }
    String[] words = text.toUpperCase(Locale.ROOT).split(" ");
    return DstPolicy.of(Gap.valueOf(words[0]), Overlap.valueOf(words[1]));
  }
}
