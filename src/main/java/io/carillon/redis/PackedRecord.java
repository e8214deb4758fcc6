package io.carillon.redis;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A record that is kept as one string of bytes: a byte that tells which record it is, then its
 * fields in the order of an enum. Java and Lua both read and write it by the names of that enum.
 *
 * @param <F> the fields
 */
final class PackedRecord<F extends Enum<F> & PackedField> {

  /** Where the first field stands in Lua: behind what {@code pcall} answers and the mark. */
  private static final int FIRST_IN_LUA = 3;

  private final String name;
  private final int mark;
  private final F[] fields;
  private final List<String> beside;

  /**
   * @param mark its first byte, of no other record and of no other form of this one
   * @param beside what scripts keep beside the fields while they run, by its names in Lua
   */
  PackedRecord(String name, int mark, Class<F> fields, String... beside) {
    this.name = name;
    this.mark = mark;
    this.fields = fields.getEnumConstants();
    this.beside = List.of(beside);
  }

  String name() {
    return name;
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
   * Where a field stands in the array that is this record in Lua, or something that is kept beside
   * the fields; empty when there is no such name.
   */
  OptionalInt positionInLua(String luaName) {
    List<String> names =
        Stream.concat(Arrays.stream(fields).map(PackedField::luaName), beside.stream()).toList();
    int found = names.indexOf(luaName);
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(FIRST_IN_LUA + found);
  }

  /**
   * The functions {@code read_<name>}, {@code blank_<name>} and {@code write_<name>} in Lua. The
   * first answers an array, nil where the bytes are no such record; the second one whose fields are
   * zero and empty.
   */
  String lua() {
    String format =
        PackedType.BYTE.format()
            + Arrays.stream(fields)
                .map(field -> field.type().format())
                .collect(Collectors.joining());
    return """
    local function read_%1$s(record)
      local fields = { pcall(struct.unpack, '>%2$s', record) }
      return fields[2] == %3$d and fields or nil
    end
    local function blank_%1$s() return { true, %3$d, %4$s } end
    local function write_%1$s(fields)
      return struct.pack('>%2$s', %3$d, %5$s)
    end
    """
        .formatted(
            name,
            format,
            mark,
            joined(field -> field.type().isNumber() ? "0" : "''"),
            joined(this::packed));
  }

  private String packed(F field) {
    String value = "fields[" + (FIRST_IN_LUA + field.ordinal()) + "]";
    return field.type() == PackedType.TEXT ? "#" + value + ", " + value : value;
  }

  private String joined(Function<F, String> text) {
    return Arrays.stream(fields).map(text).collect(Collectors.joining(", "));
  }
}
