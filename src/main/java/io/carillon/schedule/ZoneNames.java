package io.carillon.schedule;

import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.Optional;

/** The names of time zones: those of the IANA database, written as it writes them. */
public final class ZoneNames {

  static final ZoneId UTC = ZoneId.of("UTC");

  private ZoneNames() {}

  /** The zone of that name, such as {@code Europe/Berlin}; offsets as {@code +02:00} are none. */
  public static Optional<ZoneId> find(String name) {
    return isKnown(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
  }

  static ZoneId orUtc(ZoneId given) {
    return given == null ? UTC : given;
  }

  static void check(ZoneId zone, Faults faults) {
    if (!isKnown(zone.getId())) {
      faults.add("/timezone", "unknown", "\"" + zone.getId() + "\" is no IANA time zone");
    }
  }

  private static boolean isKnown(String name) {
    return ZoneRulesProvider.getAvailableZoneIds().contains(name);
  }
}
