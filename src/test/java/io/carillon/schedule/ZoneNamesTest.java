package io.carillon.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneNamesTest {

  /** What tz/backward says of the names that Java leaves out. */
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "EST, America/Panama, -05:00",
    "MST, America/Phoenix, -07:00",
    "HST, Pacific/Honolulu, -10:00",
    "ROC, Asia/Taipei, +08:00",
    "GMT+0, Etc/GMT, Z",
    "GMT-0, Etc/GMT, Z"
  })
  void aLinkThatJavaLeavesOutHasTheRulesOfItsTarget(String name, String target, String offset) {
    // When
    NamedZone zone = ZoneNames.find(name).orElseThrow();

    // Then
    assertThat(zone).hasToString(name);
    assertThat(zone.id().getRules()).isEqualTo(ZoneId.of(target).getRules());
    assertThat(zone.id().getRules().getOffset(Instant.parse("2026-07-01T00:00:00Z")))
        .hasToString(offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "US/Pacific",
        "Asia/Calcutta",
        "America/Indiana/Indianapolis",
        "America/Argentina/ComodRivadavia",
        "Etc/GMT+2",
        "Etc/GMT-14",
        "Etc/GMT0",
        "GMT0",
        "GMT",
        "UTC",
        "UCT",
        "Zulu",
        "Universal",
        "Greenwich",
        "Etc/UTC",
        "CET",
        "EET",
        "MET",
        "WET",
        "EST5EDT",
        "CST6CDT",
        "MST7MDT",
        "PST8PDT",
        "GB",
        "GB-Eire",
        "Eire",
        "NZ-CHAT",
        "PRC",
        "ROK",
        "W-SU",
        "Navajo",
        "Kwajalein",
        "Antarctica/Troll"
      })
  void everyOtherNameOfTheDatabaseIsJavas(String name) {
    // When
    Optional<NamedZone> zone = ZoneNames.find(name);

    // Then
    assertThat(zone).map(NamedZone::id).contains(ZoneId.of(name));
  }

  @Test
  void ofTheNamesThatJavaHasOnlyItsOwnAreNone() {
    // When
    List<String> refused =
        ZoneRulesProvider.getAvailableZoneIds().stream()
            .filter(name -> ZoneNames.find(name).isEmpty())
            .toList();

    // Then
    assertThat(refused).isNotEmpty().allMatch(name -> name.startsWith("SystemV/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Z",
        "+02:00",
        "-5",
        "UT",
        "UTC+2",
        "GMT+2",
        "GMT+00:00",
        "UTC+0",
        "UT+1",
        "PST",
        "CST",
        "IST",
        "JST",
        "europe/berlin",
        "Europe/Berlin ",
        "est",
        "SystemV/EST5",
        "Factory",
        "localtime",
        "posixrules",
        "Mars/Olympus"
      })
  void offsetsAbbreviationsAndOtherSpellingsAreNoNames(String name) {
    // When
    Optional<NamedZone> zone = ZoneNames.find(name);

    // Then
    assertThat(zone).isEmpty();
    assertThat(ZoneNames.refusal(name))
        .startsWith("is no IANA time zone of tzdata " + ZoneNames.tzdata());
  }

  @ParameterizedTest
  @CsvSource({"europe/berlin, Europe/Berlin", "est, EST", "Gmt-0, GMT-0", "utc, UTC"})
  void theRefusalOfANameInAnotherCaseSaysHowItIsWritten(String name, String written) {
    // When
    String refusal = ZoneNames.refusal(name);

    // Then
    assertThat(refusal).endsWith("; written " + written + " it is one");
  }

  @Test
  void theVersionIsThatOfTheRulesInUse() {
    // When
    String version = ZoneNames.tzdata();

    // Then
    assertThat(version).matches("20\\d\\d[a-z]");
    assertThat(ZoneRulesProvider.getVersions("Europe/Berlin")).containsKey(version);
  }

  @Test
  void aScheduleRunsByTheRulesOfALinkAndKeepsItsName() {
    // Given
    CronSchedule cron = new CronSchedule("0 9 * * *", Runs.zone("EST"), null);
    CronSchedule prefixed = new CronSchedule("CRON_TZ=ROC 0 9 * * *", null, null);

    // When
    List<String> runs =
        Runs.local(Runs.timetable(cron, "2026-07-01T00:00:00Z"), "2026-07-01T00:00:00Z", 1);
    List<String> prefixedRuns =
        Runs.local(Runs.timetable(prefixed, "2026-07-01T00:00:00Z"), "2026-07-01T00:00:00Z", 1);

    // Then
    assertThat(runs).containsExactly("2026-07-01T09:00-05:00");
    assertThat(cron.timezone()).hasToString("EST");
    assertThat(cron.describe()).isEqualTo("every day at 09:00, EST");
    assertThat(prefixedRuns).containsExactly("2026-07-01T09:00+08:00");
    assertThat(prefixed.describe()).isEqualTo("every day at 09:00, ROC");
  }

  @Test
  void twoNamesOfOneZoneAreNotTheSame() {
    assertThat(Runs.zone("GMT+0")).isNotEqualTo(Runs.zone("GMT-0")).isEqualTo(Runs.zone("GMT+0"));
    assertThat(Runs.zone("EST")).isNotEqualTo(Runs.zone("America/Panama"));
  }
}
