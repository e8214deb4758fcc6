package io.carillon.redis;

/** How a field of a packed record is kept. Numbers are unsigned, most significant byte first. */
enum PackedType {
  /** A number of 1 byte. */
  BYTE("B", 1),
  /** A number of 4 bytes. */
  COUNT("I4", 4),
  /** An instant or a duration in ms, 6 bytes; zero for none. */
  MILLIS("I6", 6),
  /** An instant in microseconds, 8 bytes; zero for none. */
  MICROS("I8", 8),
  /** A text without NUL, which ends it. */
  WORD("s", 0),
  /** Any bytes, behind their number in 4 bytes. */
  TEXT("I4c0", 0);

  private final String format;
  private final int size;

  PackedType(String format, int size) {
    this.format = format;
    this.size = size;
  }

  /** In the language of Lua's struct library. */
  String format() {
    return format;
  }

  boolean isNumber() {
    return size > 0;
  }

  /** Of a number, in bytes. */
  int size() {
    return size;
  }
}
