package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
          5/ * * * *        | malformed    | step "" is no number at column 3
          5/x * * * *       | malformed    | step "x" is no number at column 3
          5/10/15 * * * *   | malformed    | step "10/15" is no number at column 3
          /5 * * * *        | malformed    | minute "" is no number at column 1
          1-2-3 * * * *     | malformed    | minute "2-3" is no number at column 3
          -1 * * * *        | malformed    | minute "" is no number at column 1
          1- * * * *        | malformed    | minute "" is no number at column 3
          ,1 * * * *        | malformed    | an item of the minute field is empty at column 1
          1,,2 * * * *      | malformed    | an item of the minute field is empty at column 3
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
          * * W * *         | malformed    | day of month "W" is no number at column 5
          * * 32W * *       | out-of-range | day of month 32 is out of 1–31 at column 5
          * * 1-5W * *      | malformed    | day of month "5W" is no number at column 7
          * * MON * *       | malformed    | day of month "MON" is no number at column 5
          * * * FOO *       | malformed    | month "FOO" is no number at column 7
          * * * JANUARY *   | malformed    | month "JANUARY" is no number at column 7
          * * * MON *       | malformed    | month "MON" is no number at column 7
          * * * * JAN       | malformed    | day of week "JAN" is no number at column 9
          * * * * L         | malformed    | L needs its day of week, as in 5L, at column 9
          * * * * 8L        | out-of-range | day of week 8 is out of 0–7 at column 9
          * * * * 5#0       | out-of-range | week of the month 0 is out of 1–5 at column 11
          * * * * 5#6       | out-of-range | week of the month 6 is out of 1–5 at column 11
          * * * * 5#        | malformed    | week of the month "" is no number at column 11
          * * * * #1        | malformed    | day of week "" is no number at column 9
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
          @every 1d         | malformed    | "1d" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 5s5        | malformed    | "5s5" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 87649417h  | malformed    | "87649417h" is no positive duration of whole milliseconds such as 90s or 1h30m at column 8
          @every 5s x       | malformed    | "x" is too much at column 11
          CRON_TZ=Europe/Berlim 0 0 * * * | unknown | "Europe/Berlim" is no IANA time zone at column 9
          TZ= 0 0 * * *     | unknown      | "" is no IANA time zone at column 4
          TZ=+02:00 0 0 * * * | unknown    | "+02:00" is no IANA time zone at column 4
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
            "\"Mars\" is no IANA time zone at column 4",
            "second 60 is out of 0–59 at column 9",
            "second 61 is out of 0–59 at column 12",
            "month \"x\" is no number at column 23",
            "day of week 8 is out of 0–7 at column 25");
  }

  @Test
  void spacesAreSpacesAndTabsOnly() {
    // When
    List<Fault> noBreakSpace = faultsOf("0\u00a00 * * *");
    List<Fault> lineBreak = faultsOf("0 0 * *\n*");
    CronSchedule tabs = new CronSchedule(" \t0\t 0 * * * ", null, null);

    // Then
    assertThat(noBreakSpace).hasSize(1);
    assertThat(lineBreak).hasSize(1);
    assertThat(tabs.describe()).isEqualTo("every day at 00:00, UTC");
  }

  @Test
  void anEmptyExpressionHasNoFields() {
    // When
    List<Fault> empty = faultsOf("");
    List<Fault> blank = faultsOf("  \t ");

    // Then
    assertThat(empty)
        .extracting(Fault::detail)
        .containsExactly("0 fields instead of 5, 6 or 7 at column 1");
    assertThat(blank)
        .extracting(Fault::detail)
        .containsExactly("0 fields instead of 5, 6 or 7 at column 5");
  }

  @Test
  void tenThousandCharactersAreTooMany() {
    // Given
    String longest = "0,".repeat(507) + "0 * * * *";
    String longer = "0,".repeat(5_000) + "0 * * * *";

    // When
    CronSchedule accepted = new CronSchedule(longest + " ", null, null);
    List<Fault> faults = faultsOf(longer);

    // Then
    assertThat(longest).hasSize(1_023);
    assertThat(accepted.describe()).isEqualTo("every hour, UTC");
    assertThat(faults)
        .containsExactly(
            new Fault(
                "/expression", "too-long", "the expression has 10009 characters, more than 1024"));
    assertThat(faultsOf(longest + "  ")).extracting(Fault::code).containsExactly("too-long");
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
