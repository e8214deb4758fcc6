package io.carillon.redis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A record that is kept as one string of bytes: a byte that tells which record it is, then its
 * fields in the order of an enum. Java and Lua both read and write it by the names of that enum.
 *
 * @param <F> the fields
 */
final class PackedRecord<F extends Enum<F> & PackedField> {

  private final String name;
  private final int mark;
  private final F[] fields;

  /**
   * @param mark its first byte, of no other record and of no other form of this one
   */
  PackedRecord(String name, int mark, Class<F> fields) {
    this.name = name;
    this.mark = mark;
    this.fields = fields.getEnumConstants();
  }

  /** The values of one record. */
  static final class Values<F extends Enum<F> & PackedField> {
    private final Object[] values;

    private Values(Object[] values) {
      this.values = values;
    }

    Object value(F field) {
      return values[field.ordinal()];
    }

    String text(F field) {
      Object value = value(field);
      return value instanceof byte[] bytes
          ? new String(bytes, StandardCharsets.UTF_8)
          : (String) value;
    }

    byte[] bytes(F field) {
      return (byte[]) value(field);
    }

    Optional<String> present(F field) {
      return Texts.present(text(field));
    }

    long number(F field) {
      return (Long) value(field);
    }

    /** Empty where there is none. */
    Optional<Instant> instant(F field) {
      long millis = number(field);
      return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when these bytes are none
   */
  Values<F> read(byte[] record) {
    ByteBuffer from = ByteBuffer.wrap(record);
    Object[] values = new Object[fields.length];
    try {
      if ((from.get() & 0xff) != mark) {
        throw new IllegalArgumentException("no " + name + " record");
      }
      for (F field : fields) {
        values[field.ordinal()] = Packing.next(field.type(), from);
      }
    } catch (BufferUnderflowException | NegativeArraySizeException cut) {
      throw new IllegalArgumentException("no whole " + name + " record", cut);
    }
    return new Values<>(values);
  }

  byte[] write(Function<F, Object> value) {
    Packing record = new Packing().add(PackedType.BYTE, mark);
    for (F field : fields) {
      record.add(field.type(), value.apply(field));
    }
    return record.bytes();
  }

  /**
   * The functions {@code read_<name>} and {@code write_<name>} in Lua. The first answers a table
   * with the fields by their lower-case names, nil where the bytes are no such record.
   */
  String lua() {
    String format =
        PackedType.BYTE.format()
            + Arrays.stream(fields)
                .map(field -> field.type().format())
                .collect(Collectors.joining());
    return """
    local function read_%1$s(record)
      local done, mark, %2$s = pcall(struct.unpack, '>%3$s', record)
      if not done or mark ~= %4$d then return nil end
      return { %5$s }
    end
    local function write_%1$s(record)
      return struct.pack('>%3$s', %4$d, %6$s)
    end
    """
        .formatted(
            name,
            joined(PackedField::luaName),
            format,
            mark,
            joined(field -> field.luaName() + " = " + field.luaName()),
            joined(PackedRecord::packed));
  }

  private static String packed(PackedField field) {
    String value = "record." + field.luaName();
    return field.type() == PackedType.TEXT ? "#" + value + ", " + value : value;
  }

  private String joined(Function<F, String> text) {
    return Arrays.stream(fields).map(text).collect(Collectors.joining(", "));
  }
}
