package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents and tests of other crons say an expression means. Where they differ from one
 * another or from us, the row says so.
 */
class CronExamplesTest {

  /** Facts of <a href="https://github.com/robfig/cron/blob/master/spec_test.go">robfig/cron</a>. */
  @ParameterizedTest(name = "{0} runs at {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0/15 * * * *           | 2012-07-09T15:00:00Z | true
          0/15 * * * *           | 2012-07-09T15:45:00Z | true
          0/15 * * * *           | 2012-07-09T15:40:00Z | false
          5/15 * * * *           | 2012-07-09T15:05:00Z | true
          5/15 * * * *           | 2012-07-09T15:20:00Z | true
          5/15 * * * *           | 2012-07-09T15:50:00Z | true
          5/15 * * * *           | 2012-07-09T15:00:00Z | false
          0/15 * * Jul *         | 2012-07-15T15:00:00Z | true
          0/15 * * Jun *         | 2012-07-15T15:00:00Z | false
          30 08 ? Jul Sun        | 2012-07-15T08:30:00Z | true
          30 08 15 Jul ?         | 2012-07-15T08:30:00Z | true
          30 08 ? Jul Sun        | 2012-07-16T08:30:00Z | false
          30 08 15 Jul ?         | 2012-07-16T08:30:00Z | false
          @hourly                | 2012-07-09T15:00:00Z | true
          @hourly                | 2012-07-09T15:04:00Z | false
          @daily                 | 2012-07-09T15:00:00Z | false
          @daily                 | 2012-07-09T00:00:00Z | true
          @midnight              | 2012-07-09T00:00:00Z | true
          @weekly                | 2012-07-09T00:00:00Z | false
          @weekly                | 2012-07-08T00:00:00Z | true
          @weekly                | 2012-07-08T01:00:00Z | false
          @monthly               | 2012-07-08T00:00:00Z | false
          @monthly               | 2012-07-01T00:00:00Z | true
          @yearly                | 2012-07-01T00:00:00Z | false
          @yearly                | 2012-01-01T00:00:00Z | true
          @annually              | 2012-01-01T00:00:00Z | true
          # Both days restricted: either suffices.
          * * 1,15 * Sun         | 2012-07-15T00:00:00Z | true
          * * 1,15 * Sun         | 2012-06-15T00:00:00Z | true
          * * 1,15 * Sun         | 2012-08-01T00:00:00Z | true
          * * * * Mon            | 2012-07-15T00:00:00Z | false
          * * 1,15 * *           | 2012-07-09T00:00:00Z | false
          * * 1,15 * *           | 2012-07-15T00:00:00Z | true
          * * */2 * Sun          | 2012-07-15T00:00:00Z | true
          # Otherwise there: a stepped star is no restriction for robfig; for us it is, so Sunday does.
          * * */10 * Sun         | 2012-07-15T00:00:00Z | true
          """)
  void runsWhenRobfigCronSays(String expression, Instant instant, boolean runs) {
    // Given
    Timetable timetable = Runs.cron(expression, "UTC");

    // When
    Optional<Instant> next = timetable.next(instant.minusSeconds(1), Runs.NO_CHANCE);

    // Then
    assertThat(next.filter(instant::equals).isPresent()).isEqualTo(runs);
  }

  /** Facts of robfig/cron, in six fields; its New York rows in their zone. */
  @ParameterizedTest(name = "{1} after {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2012-07-09T14:45:00Z      | 0 0/15 * * * *                       | 2012-07-09T15:00Z
          2012-07-09T14:59:00Z      | 0 0/15 * * * *                       | 2012-07-09T15:00Z
          2012-07-09T14:59:59Z      | 0 0/15 * * * *                       | 2012-07-09T15:00Z
          2012-07-09T15:45:00Z      | 0 20-35/15 * * * *                   | 2012-07-09T16:20Z
          2012-07-09T23:46:00Z      | 0 */15 * * * *                       | 2012-07-10T00:00Z
          2012-07-09T23:45:00Z      | 0 20-35/15 * * * *                   | 2012-07-10T00:20Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 * * * *               | 2012-07-10T00:20:15Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 1/2 * * *             | 2012-07-10T01:20:15Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 10-12 * * *           | 2012-07-10T10:20:15Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 1/2 */2 * *           | 2012-07-11T01:20:15Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 * 9-20 * *            | 2012-07-10T00:20:15Z
          2012-07-09T23:35:51Z      | 15/35 20-35/15 * 9-20 Jul *          | 2012-07-10T00:20:15Z
          2012-07-09T23:35:00Z      | 0 0 0 9 Apr-Oct ?                    | 2012-08-09T00:00Z
          2012-07-09T23:35:00Z      | 0 0 0 */5 Apr,Aug,Oct Mon            | 2012-08-01T00:00Z
          2012-07-09T23:35:00Z      | 0 0 0 */5 Oct Mon                    | 2012-10-01T00:00Z
          2012-07-09T23:35:00Z      | 0 0 0 * Feb Mon                      | 2013-02-04T00:00Z
          2012-07-09T23:35:00Z      | 0 0 0 * Feb Mon/2                    | 2013-02-01T00:00Z
          2012-12-31T23:59:45Z      | 0 * * * * *                          | 2013-01-01T00:00Z
          2012-07-09T23:35:00Z      | 0 0 0 29 Feb ?                       | 2016-02-29T00:00Z
          2012-03-11T00:00:00-05:00 | TZ=America/New_York 0 30 2 11 Mar ?  | 2013-03-11T02:30-04:00
          2012-03-11T00:00:00-05:00 | TZ=America/New_York 0 0 * * * ?      | 2012-03-11T01:00-05:00
          2012-03-11T01:00:00-05:00 | TZ=America/New_York 0 0 * * * ?      | 2012-03-11T03:00-04:00
          2012-03-11T03:00:00-04:00 | CRON_TZ=America/New_York 0 0 * * * ? | 2012-03-11T04:00-04:00
          2012-03-11T00:00:00-05:00 | TZ=America/New_York 0 0 1 * * ?      | 2012-03-11T01:00-05:00
          2012-03-11T01:00:00-05:00 | TZ=America/New_York 0 0 1 * * ?      | 2012-03-12T01:00-04:00
          2012-03-11T00:00:00-05:00 | TZ=America/New_York 0 0 2 * * ?      | 2012-03-12T02:00-04:00
          2012-11-04T00:00:00-04:00 | TZ=America/New_York 0 30 2 04 Nov ?  | 2012-11-04T02:30-05:00
          2012-11-04T00:00:00-04:00 | TZ=America/New_York 0 0 * * * ?      | 2012-11-04T01:00-04:00
          2012-11-04T01:00:00-04:00 | TZ=America/New_York 0 0 * * * ?      | 2012-11-04T01:00-05:00
          2012-11-04T01:00:00-05:00 | TZ=America/New_York 0 0 * * * ?      | 2012-11-04T02:00-05:00
          2012-11-04T00:00:00-04:00 | TZ=America/New_York 0 0 2 * * ?      | 2012-11-04T02:00-05:00
          2012-11-04T00:00:00-04:00 | TZ=America/New_York 0 0 3 * * ?      | 2012-11-04T03:00-05:00
          2018-10-17T05:00:00-04:00 | TZ=America/Sao_Paulo 0 0 9 10 * ?    | 2018-11-10T09:00-02:00
          2018-02-14T05:00:00-05:00 | TZ=America/Sao_Paulo 0 0 9 22 * ?    | 2018-02-22T09:00-03:00
          # Otherwise there: robfig runs a fixed hour twice when the clock is put back, we once.
          2012-11-04T01:45:00-04:00 | TZ=America/New_York 0 30 1 04 Nov ?  | 2013-11-04T01:30-05:00
          2012-11-04T01:00:00-04:00 | TZ=America/New_York 0 0 1 * * ?      | 2012-11-05T01:00-05:00
          """)
  void runsNextWhenRobfigCronSays(String after, String expression, String expected) {
    // Given
    Timetable timetable = Runs.cron(expression, "UTC");

    // When
    List<String> next = Runs.local(timetable, after, 1);

    // Then
    assertThat(next).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 0 30 Feb ?",
        "0 0 0 31 Apr ?",
        "0 0 31 2 *",
        "0 0 30-31 2 *",
        "0 0 31 2,4,6,9,11 *",
        "0 0 L-30 2 *",
        "0 0 31W 4 *",
        "0 0 30 2 +MON"
      })
  void neverRunsOnDaysThatDoNotExist(String expression) {
    // Given
    Timetable timetable = Runs.cron(expression, "Europe/Berlin");

    // When
    Optional<Instant> next = timetable.next(Runs.instant("2026-01-01T00:00:00Z"), Runs.NO_CHANCE);

    // Then
    assertThat(next).isEmpty();
    assertThat(timetable.previous(Runs.instant("2026-01-01T00:00:00Z"))).isEmpty();
  }

  /**
   * The examples of the <a
   * href="https://www.quartz-scheduler.org/documentation/quartz-2.5.x/tutorials/crontrigger.html">Quartz
   * tutorial</a>. Quartz counts Sunday as 1, we as 0 and 7, so numbers of weekdays are one less
   * here.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 12 * * ?             | 2026-01-01T12:00Z, 2026-01-02T12:00Z
          0 15 10 ? * *            | 2026-01-01T10:15Z, 2026-01-02T10:15Z
          0 15 10 * * ?            | 2026-01-01T10:15Z, 2026-01-02T10:15Z
          0 15 10 * * ? *          | 2026-01-01T10:15Z, 2026-01-02T10:15Z
          0 15 10 * * ? 2027       | 2027-01-01T10:15Z, 2027-01-02T10:15Z
          0 * 14 * * ?             | 2026-01-01T14:00Z, 2026-01-01T14:01Z
          0 0/5 14 * * ?           | 2026-01-01T14:00Z, 2026-01-01T14:05Z
          0 0/30 14,18 * * ?       | 2026-01-01T14:00Z, 2026-01-01T14:30Z, 2026-01-01T18:00Z
          0 58-59 14 * * ?         | 2026-01-01T14:58Z, 2026-01-01T14:59Z, 2026-01-02T14:58Z
          0 10,44 14 ? 3 WED       | 2026-03-04T14:10Z, 2026-03-04T14:44Z, 2026-03-11T14:10Z
          0 15 10 ? * MON-FRI      | 2026-01-01T10:15Z, 2026-01-02T10:15Z, 2026-01-05T10:15Z
          0 15 10 15 * ?           | 2026-01-15T10:15Z, 2026-02-15T10:15Z
          0 15 10 L * ?            | 2026-01-31T10:15Z, 2026-02-28T10:15Z, 2026-03-31T10:15Z
          0 15 10 L-2 * ?          | 2026-01-29T10:15Z, 2026-02-26T10:15Z, 2026-03-29T10:15Z
          0 15 10 ? * 5L           | 2026-01-30T10:15Z, 2026-02-27T10:15Z
          0 15 10 ? * FRIL         | 2026-01-30T10:15Z, 2026-02-27T10:15Z
          0 15 10 ? * 5L 2026-2027 | 2026-01-30T10:15Z, 2026-02-27T10:15Z
          0 15 10 ? * 5#3          | 2026-01-16T10:15Z, 2026-02-20T10:15Z
          0 0 12 1/5 * ?           | 2026-01-01T12:00Z, 2026-01-06T12:00Z, 2026-01-11T12:00Z
          0 11 11 11 11 ?          | 2026-11-11T11:11Z, 2027-11-11T11:11Z
          0 0/5 * * * ?            | 2026-01-01T00:05Z, 2026-01-01T00:10Z
          10 0/5 * * * ?           | 2026-01-01T00:00:10Z, 2026-01-01T00:05:10Z
          0 30 10-11 ? * WED,FRI   | 2026-01-02T10:30Z, 2026-01-02T11:30Z, 2026-01-07T10:30Z
          0 0/30 8-9 5,20 * ?      | 2026-01-05T08:00Z, 2026-01-05T08:30Z, 2026-01-05T09:00Z
          0 0 0 15W 8 ?            | 2026-08-14T00:00Z, 2027-08-16T00:00Z
          0 0 0 1W 8 ?             | 2026-08-03T00:00Z, 2027-08-02T00:00Z
          0 0 0 LW 5 ?             | 2026-05-29T00:00Z, 2027-05-31T00:00Z
          0 0 22-2 * * ?           | 2026-01-01T01:00Z, 2026-01-01T02:00Z, 2026-01-01T22:00Z
          0 0 0 ? NOV-FEB MON#1    | 2026-01-05T00:00Z, 2026-02-02T00:00Z, 2026-11-02T00:00Z
          0 0 0 ? * FRI-MON        | 2026-01-02T00:00Z, 2026-01-03T00:00Z, 2026-01-04T00:00Z
          """)
  void runsWhenTheQuartzTutorialSays(String expression, String expected) {
    // Given
    List<String> runs = Arrays.asList(expected.split(", "));

    // When
    List<String> next =
        Runs.local(Runs.cron(expression, "UTC"), "2026-01-01T00:00:00Z", runs.size());

    // Then
    assertThat(next).isEqualTo(runs);
  }

  /**
   * The rules of the <a href="https://github.com/open-source-cron/ocps">Open Cron Pattern
   * Specification</a> 1.0 to 1.4. Otherwise there: it refuses ranges that run over the end.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          5-59/15 * * * *   | 2026-01-01T00:05Z, 2026-01-01T00:20Z, 2026-01-01T00:35Z, 2026-01-01T00:50Z
          0,15,30,45 * * * *  | 2026-01-01T00:15Z, 2026-01-01T00:30Z
          0 9-17 * * *      | 2026-01-01T09:00Z, 2026-01-01T10:00Z
          0 12 1 * MON      | 2026-01-01T12:00Z, 2026-01-05T12:00Z, 2026-01-12T12:00Z
          0 12 1 * +MON     | 2026-06-01T12:00Z, 2027-02-01T12:00Z, 2027-03-01T12:00Z
          0 0 * * 0         | 2026-01-04T00:00Z, 2026-01-11T00:00Z
          0 0 * * 7         | 2026-01-04T00:00Z, 2026-01-11T00:00Z
          0 0 * * sUn       | 2026-01-04T00:00Z, 2026-01-11T00:00Z
          0 0 1 jan,Jul *   | 2026-07-01T00:00Z, 2027-01-01T00:00Z
          30 0 0 1 1 *      | 2026-01-01T00:00:30Z, 2027-01-01T00:00:30Z
          0 0 0 1 1 * 2028  | 2028-01-01T00:00Z
          0 0 L * *         | 2026-01-31T00:00Z, 2026-02-28T00:00Z
          0 0 * * 5L        | 2026-01-30T00:00Z, 2026-02-27T00:00Z
          0 0 * * FRI#L     | 2026-01-30T00:00Z, 2026-02-27T00:00Z
          0 0 * * 2#3       | 2026-01-20T00:00Z, 2026-02-17T00:00Z
          0 0 * * MON#1     | 2026-01-05T00:00Z, 2026-02-02T00:00Z
          0 12 15W * *      | 2026-01-15T12:00Z, 2026-02-16T12:00Z, 2026-03-16T12:00Z
          @yearly           | 2027-01-01T00:00Z, 2028-01-01T00:00Z
          """)
  void runsWhenTheOpenCronPatternSpecificationSays(String expression, String expected) {
    // Given
    List<String> runs = Arrays.asList(expected.split(", "));

    // When
    List<String> next =
        Runs.local(Runs.cron(expression, "UTC"), "2026-01-01T00:00:00Z", runs.size());

    // Then
    assertThat(next).isEqualTo(runs);
  }

  /** What the documents leave open and this package decides. */
  @ParameterizedTest(name = "{0} means {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 22-2/2 * * *      | 0 22,0,2 * * *
          0 0 * * 5-7         | 0 0 * * FRI,SAT,SUN
          0 0 * * 7-2         | 0 0 * * SUN,MON,TUE
          0 0 * * 5-1         | 0 0 * * FRI,SAT,SUN,MON
          0 0 * * 0-7         | 0 0 * * SUN-SAT
          0 0 * * 5/2         | 0 0 * * FRI
          0 0 * * 7/2         | 0 0 * * SUN,TUE,THU,SAT
          0 0 * * */2         | 0 0 * * SUN,TUE,THU,SAT
          0 0 28-3 * *        | 0 0 28,29,30,31,1,2,3 * *
          0 0 1 10-2 *        | 0 0 1 OCT,NOV,DEC,JAN,FEB *
          50-10/10 * * * *    | 50,0,10 * * * *
          0 0 ? * ?           | 0 0 * * *
          0 0 L-0 * *         | 0 0 L * *
          0 0 L-1W,1 * *      | 0 0 1,L-1W * *
          0 0 * * fril        | 0 0 * * 5#L
          0 0 * * 7L          | 0 0 * * SUNL
          0 0 1,1,1 * *       | 0 0 1 * *
          00 007 01 01 *      | 0 7 1 1 *
          @DAILY              | 0 0 * * *
          0 0 0 * * * 2026/1  | 0 0 * * *
          0 0 0 1 * * */2     | 0 0 0 1 * * 1970/2
          0 0 0 1 * * */2     | 0 0 0 1 * * 2000-9998/2
          0 0 0 1 * * */3,*/2 | 0 0 0 1 * * 1970/3,1970/2
          0 0 0 1 * * */1     | 0 0 1 * *
          0 0 0 1 * * *,2026  | 0 0 1 * *
          """)
  void readsTheSameIntoBoth(String expression, String plain) {
    // Given
    Timetable timetable = Runs.cron(expression, "UTC");
    Timetable expected = Runs.cron(plain, "UTC");

    // When
    List<Instant> next = Runs.next(timetable, "2026-01-01T00:00:00Z", 200);

    // Then
    assertThat(next).hasSize(200).isEqualTo(Runs.next(expected, "2026-01-01T00:00:00Z", 200));
  }

  /** Of <a href="https://www.quartz-scheduler.org/">Quartz</a>, whose years begin with 1970. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 0 0 1 1 ? */2         | 2028-01-01T00:00Z, 2030-01-01T00:00Z, 2032-01-01T00:00Z
          0 0 0 1 1 ? */3         | 2027-01-01T00:00Z, 2030-01-01T00:00Z, 2033-01-01T00:00Z
          0 0 0 1 1 ? */7         | 2033-01-01T00:00Z, 2040-01-01T00:00Z
          0 0 0 1 1 ? */2,2029    | 2028-01-01T00:00Z, 2029-01-01T00:00Z, 2030-01-01T00:00Z
          0 0 0 1 1 ? */1         | 2027-01-01T00:00Z, 2028-01-01T00:00Z
          0 0 0 29 2 ? */3        | 2036-02-29T00:00Z, 2048-02-29T00:00Z
          0 0 0 1 1 ? 2026/3      | 2029-01-01T00:00Z, 2032-01-01T00:00Z
          0 0 0 1 1 ? 1/2         | 2027-01-01T00:00Z, 2029-01-01T00:00Z
          0 0 0 1 1 ? 2027-2032/4 | 2027-01-01T00:00Z, 2031-01-01T00:00Z
          """)
  void aStepOfYearsCountsFrom1970OrFromItsStart(String expression, String expected) {
    // Given
    List<String> runs = Arrays.asList(expected.split(", "));

    // When
    List<String> next =
        Runs.local(Runs.cron(expression, "UTC"), "2026-01-01T00:00:00Z", runs.size());

    // Then
    assertThat(next).isEqualTo(runs);
  }

  @Test
  void aStepOfYearsHasItsFirstIn1970() {
    // Given
    Timetable timetable = Runs.cron("0 0 0 1 1 ? */2", "UTC");

    // When
    Optional<Instant> next = timetable.next(Runs.instant("1066-10-14T00:00:00Z"), Runs.NO_CHANCE);

    // Then
    assertThat(next).contains(Instant.EPOCH);
    assertThat(timetable.previous(Instant.EPOCH)).isEmpty();
  }
}
