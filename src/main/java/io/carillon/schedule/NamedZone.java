package io.carillon.schedule;

import java.time.ZoneId;

/**
 * A time zone of the IANA database under one of its names. The name is kept as it was given, so
 * that {@code EST} is read back as {@code EST} and not as {@code America/Panama}, whose link it is.
 */
public final class NamedZone {

  private final String name;
  private final ZoneId id;

  NamedZone(String name, ZoneId id) {
    this.name = name;
    this.id = id;
  }

  /** The zone whose rules the name stands for. */
  public ZoneId id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NamedZone that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** The name as it was given. */
  @Override
  public String toString() {
    return name;
  }
}
