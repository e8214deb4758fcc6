package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedCronTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          61 * * * *        | out-of-range | minute 61 is out of 0–59 at column 1
          60 * * * *        | out-of-range | minute 60 is out of 0–59 at column 1
          * 24 * * *        | out-of-range | hour 24 is out of 0–23 at column 3
          * * 0 * *         | out-of-range | day of month 0 is out of 1–31 at column 5
          * * 32 * *        | out-of-range | day of month 32 is out of 1–31 at column 5
          * * * 0 *         | out-of-range | month 0 is out of 1–12 at column 7
          * * * 13 *        | out-of-range | month 13 is out of 1–12 at column 7
          * * * * 8         | out-of-range | day of week 8 is out of 0–7 at column 9
          60 * * * * *      | out-of-range | second 60 is out of 0–59 at column 1
          0 0 0 1 1 ? 0     | out-of-range | year 0 is out of 1–9999 at column 13
          0 0 0 1 1 ? 10000 | out-of-range | year 10000 is out of 1–9999 at column 13
          0 0 0 1 1 ? 2030-2026 | out-of-range | year 2030 is after 2026 at column 13
          1,2,75 * * * *    | out-of-range | minute 75 is out of 0–59 at column 5
          0-60 * * * *      | out-of-range | minute 60 is out of 0–59 at column 3
          */0 * * * *       | out-of-range | step 0 is out of 1–59 at column 3
          */60 * * * *      | out-of-range | step 60 is out of 1–59 at column 3
          * */24 * * *      | out-of-range | step 24 is out of 1–23 at column 5
          5/ * * * *        | malformed    | the step is empty at column 3
          5/x * * * *       | malformed    | step "x" is no number at column 3
          5/10/15 * * * *   | malformed    | step "10/15" is no number at column 3
          /5 * * * *        | malformed    | the minute is empty at column 1
          1-2-3 * * * *     | malformed    | minute "2-3" is no number at column 3
          -1 * * * *        | malformed    | the range has no beginning at column 1
          -5/2 * * * *      | malformed    | the range has no beginning at column 1
          0 0 * * MON-      | malformed    | the range has no end at column 13
          0 0 0 1 1 ? 2026- | malformed    | the range has no end at column 18
          */ * * * *        | malformed    | the step is empty at column 3
          1- * * * *        | malformed    | the range has no end at column 3
          1-/2 * * * *      | malformed    | the range has no end at column 3
          1, * * * *        | malformed    | the list of the minute field ends with a comma at column 2
          ,1 * * * *        | malformed    | the list of the minute field begins with a comma at column 1
          1,,2 * * * *      | malformed    | the list of the minute field has two commas in a row at column 3
          * * * * MON,      | malformed    | the list of the day of week field ends with a comma at column 12
          * * * * +         | malformed    | the day of week field is empty at column 10
          x * * * *         | malformed    | minute "x" is no number at column 1
          1.5 * * * *       | malformed    | minute "1.5" is no number at column 1
          +1 * * * *        | malformed    | minute "+1" is no number at column 1
          ? * * * *         | malformed    | minute "?" is no number at column 1
          * * ?/2 * *       | malformed    | day of month "?" is no number at column 5
          * * ?,1 * *       | malformed    | day of month "?" is no number at column 5
          ** * * * *        | malformed    | minute "**" is no number at column 1
          *-5 * * * *       | malformed    | minute "*" is no number at column 1
          L * * * *         | malformed    | minute "L" is no number at column 1
          * * LL * *        | malformed    | day of month "LL" is no number at column 5
          * * L-31 * *      | out-of-range | days before L 31 is out of 0–30 at column 7
          * * L-x * *       | malformed    | days before L "x" is no number at column 7
          * * W * *         | malformed    | W lacks its day of month, as in 15W, at column 5
          * * L- * *        | malformed    | L- lacks its days, as in L-3, at column 5
          * * L-W * *       | malformed    | L- lacks its days, as in L-3, at column 5
          * * 32W * *       | out-of-range | day of month 32 is out of 1–31 at column 5
          * * 1-5W * *      | malformed    | day of month "5W" is no number at column 7
          * * MON * *       | malformed    | day of month "MON" is no number at column 5
          * * * FOO *       | malformed    | month "FOO" is no number at column 7
          * * * JANUARY *   | malformed    | month "JANUARY" is no number at column 7
          * * * MON *       | malformed    | month "MON" is no number at column 7
          * * * * JAN       | malformed    | day of week "JAN" is no number at column 9
          * * * * L         | malformed    | L lacks its day of week, as in 5L, at column 9
          * * * * 8L        | out-of-range | day of week 8 is out of 0–7 at column 9
          * * * * 5#0       | out-of-range | week of the month 0 is out of 1–5 at column 11
          * * * * 5#6       | out-of-range | week of the month 6 is out of 1–5 at column 11
          * * * * 5#        | malformed    | # lacks its week of the month, as in 5#3, at column 9
          * * * * #1        | malformed    | # lacks its day of week, as in 5#3, at column 9
          * * * * 1-5L      | malformed    | day of week "1-5" is no number at column 9
          * * * * 5W        | malformed    | day of week "5W" is no number at column 9
          * * +1 * *        | malformed    | day of month "+1" is no number at column 5
          * * * * ++1       | malformed    | day of week "+1" is no number at column 10
          * * * *           | malformed    | 4 fields instead of 5, 6 or 7 at column 8
          *                 | malformed    | 1 field instead of 5, 6 or 7 at column 2
          * * * * * * * *   | malformed    | 8 fields instead of 5, 6 or 7 at column 15
          @reboot           | unknown      | "@reboot" is no macro at column 1
          @                 | unknown      | "@" is no macro at column 1
          @daily *          | malformed    | "*" is too much at column 8
          @every            | malformed    | @every lacks its duration at column 7
          @every 5          | malformed    | "5" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 0s         | malformed    | "0s" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every -5s        | malformed    | "-5s" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 0.5ms      | malformed    | "0.5ms" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 1d         | malformed    | "1d" is no positive duration of whole milliseconds such as 90s or 1h30m; h is the longest unit, so write 24h at column 8
          @every 1w2d0.5h   | malformed    | "1w2d0.5h" is no positive duration of whole milliseconds such as 90s or 1h30m; h is the longest unit, so write 216h30m at column 8
          @every P1D        | malformed    | "P1D" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 0d         | malformed    | "0d" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 5s5        | malformed    | "5s5" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 87649417h  | malformed    | "87649417h" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 5s x       | malformed    | "x" is too much at column 11
          TZ= 0 0 * * *     | malformed    | the time zone is empty at column 4
          TZ=UTC            | malformed    | 0 fields instead of 5, 6 or 7 at column 7
          TZ=UTC TZ=UTC * * * * * | malformed | second "TZ=UTC" is no number at column 8
          ٥ * * * *         | malformed    | minute "٥" is no number at column 1
          ５ * * * *         | malformed    | minute "５" is no number at column 1
          * * * * ſun       | malformed    | day of week "ſun" is no number at column 9
          * * * * frı       | malformed    | day of week "frı" is no number at column 9
          99999999999999999999 * * * * | out-of-range | minute 99999999999999999999 is out of 0–59 at column 1
          """)
  void namesWhatIsWrongAndWhere(String expression, String code, String detail) {
    // When
    List<Fault> faults = faultsOf(expression);

    // Then
    assertThat(faults).containsExactly(new Fault("/expression", code, detail));
  }

  @Test
  void reportsAllFaultsAtOnce() {
    // When
    List<Fault> faults = faultsOf("TZ=Mars 60,61 24 0 13 x 8");

    // Then
    assertThat(faults)
        .extracting(Fault::detail)
        .containsExactly(
            "\"Mars\" is no IANA time zone of tzdata %s at column 4".formatted(ZoneNames.tzdata()),
            "second 60 is out of 0–59 at column 9",
            "second 61 is out of 0–59 at column 12",
            "month \"x\" is no number at column 23",
            "day of week 8 is out of 0–7 at column 25");
  }

  @Test
  void betweenFieldsSpacesAreSpacesAndTabsOnly() {
    // When
    List<Fault> noBreakSpace = faultsOf("0\u00a00 * * *");
    List<Fault> lineBreak = faultsOf("0 0 * *\n*");
    CronSchedule tabs = new CronSchedule("0\t 0 * * *", null, null);

    // Then
    assertThat(noBreakSpace).hasSize(1);
    assertThat(lineBreak).hasSize(1);
    assertThat(tabs.describe()).isEqualTo("every day at 00:00, UTC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 9 * * MON\n",
        "\r\n0 9 * * MON\r\n",
        " \t0 9 * * MON \t",
        "\n\n0 9 * * MON",
        "\u20030 9 * * MON\u00a0",
        "\u20280 9 * * MON\f\u000b"
      })
  void whiteSpaceAroundAnExpressionIsDropped(String expression) {
    // When
    CronSchedule schedule = new CronSchedule(expression, null, null);

    // Then
    assertThat(schedule).isEqualTo(new CronSchedule("0 9 * * MON", null, null));
    assertThat(schedule.describe()).isEqualTo("every Monday at 09:00, UTC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"@daily |every day at 00:00, UTC", "@every 90s |every 1 minute 30 seconds"})
  void whiteSpaceAroundAMacroIsDroppedToo(String macro, String description) {
    // When
    CronSchedule schedule = new CronSchedule("\n" + macro + "\r\n", null, null);
    CronSchedule zoned = new CronSchedule("\nTZ=UTC " + macro + "\n", null, null);

    // Then
    assertThat(schedule.describe()).isEqualTo(description);
    assertThat(zoned.describe()).isEqualTo(description);
  }

  @Test
  void columnsCountTheWhiteSpaceInFront() {
    // When
    List<Fault> faults = faultsOf("\n 61 * * * *\n");
    List<Fault> short4 = faultsOf("\n* * * *\n\n");

    // Then
    assertThat(faults)
        .extracting(Fault::detail)
        .containsExactly("minute 61 is out of 0–59 at column 3");
    assertThat(short4)
        .extracting(Fault::detail)
        .containsExactly("4 fields instead of 5, 6 or 7 at column 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \t ", "\n", "\r\n\r\n"})
  void anExpressionOfWhiteSpaceIsEmpty(String expression) {
    // When
    List<Fault> faults = faultsOf(expression);

    // Then
    assertThat(faults)
        .extracting(Fault::detail)
        .containsExactly("the expression is empty at column 1");
  }

  @Test
  void eachEmptyPieceIsTold() {
    // When
    List<Fault> faults = faultsOf(", - */ 1,,2, MON-,");

    // Then
    assertThat(faults)
        .extracting(Fault::detail)
        .containsExactly(
            "the list of the minute field begins with a comma at column 1",
            "the list of the minute field ends with a comma at column 1",
            "the range has no beginning at column 3",
            "the range has no end at column 4",
            "the step is empty at column 7",
            "the list of the month field has two commas in a row at column 10",
            "the list of the month field ends with a comma at column 12",
            "the range has no end at column 18",
            "the list of the day of week field ends with a comma at column 18");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CRON_TZ=Europe/Berlim 0 0 * * * | \"Europe/Berlim\" is no IANA time zone of tzdata %s at column 9",
        "TZ=+02:00 0 0 * * *   | \"+02:00\" is no IANA time zone of tzdata %s at column 4",
        "TZ=SystemV/EST5 @daily | \"SystemV/EST5\" is no IANA time zone of tzdata %s at column 4",
        "TZ=europe/berlin 0 0 * * * | \"europe/berlin\" is no IANA time zone of tzdata %s; written Europe/Berlin it is one at column 4"
      })
  void tellsWhichTzdataHasNoZoneOfThatName(String expression, String detail) {
    // When
    List<Fault> faults = faultsOf(expression);

    // Then
    assertThat(faults)
        .containsExactly(new Fault("/expression", "unknown", detail.formatted(ZoneNames.tzdata())));
  }

  @Test
  void tenThousandCharactersAreTooMany() {
    // Given
    String longest = "0,".repeat(507) + "0 * * * *";
    String longer = "0,".repeat(5_000) + "0 * * * *";

    // When
    CronSchedule accepted = new CronSchedule("\t" + longest, null, null);
    List<Fault> faults = faultsOf(longer);

    // Then
    assertThat(longest).hasSize(1_023);
    assertThat(accepted.describe()).isEqualTo("every hour, UTC");
    assertThat(faults)
        .containsExactly(
            new Fault(
                "/expression", "too-long", "the expression has 10009 characters, more than 1024"));
    assertThat(new CronSchedule("\n" + longest + "\n\n", null, null).describe())
        .isEqualTo("every hour, UTC");
    assertThat(faultsOf(longest + ",1")).extracting(Fault::code).containsExactly("too-long");
  }

  @Test
  void aMissingExpressionIsRequired() {
    // When
    List<Fault> faults = faultsOf(null);

    // Then
    assertThat(faults)
        .containsExactly(new Fault("/expression", "required", "a cron expression is required"));
  }

  private static List<Fault> faultsOf(String expression) {
    return catchThrowableOfType(
            InvalidSchedule.class, () -> new CronSchedule(expression, null, null))
        .faults();
  }
}
