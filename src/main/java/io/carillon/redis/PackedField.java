package io.carillon.redis;

import java.util.Locale;

/** A field of a packed record: a constant of an enum, in whose order the fields are kept. */
interface PackedField {

  String name();

  PackedType type();

  /** Its name in Lua. */
  default String luaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
