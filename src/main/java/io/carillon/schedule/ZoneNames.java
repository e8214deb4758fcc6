package io.carillon.schedule;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names of time zones: those of the IANA database, links included, written as it writes them,
 * for which the running Java has rules.
 */
public final class ZoneNames {

  /**
   * Links of the database that Java leaves out, because it reads these names as offsets where it
   * reads them at all (<a href="https://github.com/eggert/tz/blob/main/backward">tz/backward</a>,
   * as of 2024b).
   */
  private static final Map<String, String> LINKS =
      Map.of(
          "EST", "America/Panama",
          "MST", "America/Phoenix",
          "HST", "Pacific/Honolulu",
          "ROC", "Asia/Taipei",
          "GMT+0", "Etc/GMT",
          "GMT-0", "Etc/GMT");

  /** Names that Java adds to those of the database. */
  private static final String OF_JAVA = "SystemV/";

  static final NamedZone UTC = new NamedZone("UTC", ZoneId.of("UTC"));

  private ZoneNames() {}

  /** The zone of that name, such as {@code Europe/Berlin}; offsets as {@code +02:00} are none. */
  public static Optional<NamedZone> find(String name) {
    Set<String> known = ZoneRulesProvider.getAvailableZoneIds();
    if (known.contains(name)) {
      return name.startsWith(OF_JAVA)
          ? Optional.empty()
          : Optional.of(new NamedZone(name, ZoneId.of(name)));
    }
    return Optional.ofNullable(LINKS.get(name))
        .filter(known::contains)
        .map(target -> new NamedZone(name, ZoneId.of(target)));
  }

  /** The version of the IANA database that the running Java has, such as {@code 2025a}. */
  public static String tzdata() {
    return ZoneRulesProvider.getVersions(UTC.toString()).lastKey();
  }

  /** Why a name that is not found is refused; follows on the name in quotes. */
  public static String refusal(String name) {
    String refusal = "is no IANA time zone of tzdata " + tzdata();
    return Stream.concat(ZoneRulesProvider.getAvailableZoneIds().stream(), LINKS.keySet().stream())
        .filter(name::equalsIgnoreCase)
        .filter(known -> find(known).isPresent())
        .findAny()
        .map(known -> refusal + "; written " + known + " it is one")
        .orElse(refusal);
  }

  static NamedZone orUtc(NamedZone given) {
    return given == null ? UTC : given;
  }
}
