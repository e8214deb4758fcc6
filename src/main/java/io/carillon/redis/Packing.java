package io.carillon.redis;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Writes and reads values one behind the other, as Lua's struct library does. */
final class Packing {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);

  /**
   * Appends a value; an absent one is zero or empty.
   *
   * @param value a number, an instant, a duration, bytes, or what has a text; or an optional of
   *     such
   */
  Packing add(PackedType type, Object value) {
    if (value instanceof Optional<?> optional) {
      return add(type, optional.isPresent() ? optional.get() : type.isNumber() ? 0L : "");
    }
    if (type.isNumber()) {
      number(type.size(), number(value));
    } else {
      byte[] text =
          value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
      if (type == PackedType.TEXT) {
        number(Integer.BYTES, text.length);
      }
      bytes.writeBytes(text);
      if (type == PackedType.WORD) {
        bytes.write(0);
      }
    }
    return this;
  }

  private static long number(Object value) {
    if (value instanceof Instant instant) {
      return instant.toEpochMilli();
    }
    if (value instanceof Duration duration) {
      return duration.toMillis();
    }
    return value instanceof Boolean flag ? flag ? 1 : 0 : ((Number) value).longValue();
  }

  private void number(int size, long value) {
    if (value < 0 || size < Long.BYTES && value >>> (Byte.SIZE * size) != 0) {
      throw new IllegalArgumentException(value + " does not fit into " + size + " bytes");
    }
    for (int i = size - 1; i >= 0; i--) {
      bytes.write((int) (value >>> (Byte.SIZE * i)));
    }
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Reads the next value: a {@link Long}, a {@link String}, or bytes for a text. */
  static Object next(PackedType type, ByteBuffer from) {
    if (type.isNumber()) {
      return number(type.size(), from);
    }
    if (type == PackedType.TEXT) {
      byte[] text = new byte[(int) number(Integer.BYTES, from)];
      from.get(text);
      return text;
    }
    int begin = from.position();
    while (from.get() != 0) {
      // A word ends with NUL.
    }
    return new String(
        Arrays.copyOfRange(from.array(), begin, from.position() - 1), StandardCharsets.UTF_8);
  }

  private static long number(int size, ByteBuffer from) {
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << Byte.SIZE | from.get() & 0xff;
    }
    return value;
  }
}
