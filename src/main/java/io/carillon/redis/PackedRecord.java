package io.carillon.redis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A record that is kept as one string: its fields in the order of an enum, joined by a separator.
 * Java and Lua both read and write it by the names of that enum; an absent value is the empty text.
 * The last field may itself contain the separator, no other may.
 *
 * @param <F> the fields
 */
final class PackedRecord<F extends Enum<F>> {

  private final String name;
  private final F[] fields;
  private final char separator;

  PackedRecord(String name, Class<F> fields, char separator) {
    this.name = name;
    this.fields = fields.getEnumConstants();
    this.separator = separator;
  }

  /** The values of one record. */
  static final class Values<F extends Enum<F>> {
    private final String[] texts;

    private Values(String[] texts) {
      this.texts = texts;
    }

    String text(F field) {
      return texts[field.ordinal()];
    }

    Optional<String> present(F field) {
      return Texts.present(text(field));
    }

    /** Zero where there is none. */
    long number(F field) {
      String text = text(field);
      return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    Optional<java.time.Instant> instant(F field) {
      return present(field).map(Texts::instant);
    }
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when it has too few fields
   */
  Values<F> read(String record) {
    String[] texts = new String[fields.length];
    int from = 0;
    for (int i = 0; i < fields.length - 1; i++) {
      int to = record.indexOf(separator, from);
      if (to < 0) {
        throw new IllegalArgumentException("no " + name + " record: " + record);
      }
      texts[i] = record.substring(from, to);
      from = to + 1;
    }
    texts[fields.length - 1] = record.substring(from);
    return new Values<>(texts);
  }

  String write(Function<F, String> value) {
    StringBuilder record = new StringBuilder();
    for (F field : fields) {
      if (field.ordinal() > 0) {
        record.append(separator);
      }
      record.append(value.apply(field));
    }
    return record.toString();
  }

  /**
   * The functions {@code read_<name>} and {@code write_<name>} in Lua. The first answers a table with
   * the fields by their lower-case names, nil where the text is no such record.
   */
  String lua() {
    String names = joined(", ", this::luaName);
    String pattern =
        Arrays.stream(fields)
            .limit(fields.length - 1L)
            .map(field -> "([^" + separator + "]*)")
            .collect(Collectors.joining(String.valueOf(separator)));
    return """
    local function read_%1$s(record)
      local %2$s = string.match(record, '^%3$s%4$s(.*)$')
      return %5$s and { %6$s } or nil
    end
    local function write_%1$s(record)
      return %7$s
    end
    """
        .formatted(
            name,
            names,
            pattern,
            separator,
            luaName(fields[0]),
            joined(", ", field -> luaName(field) + " = " + luaName(field)),
            joined(" .. '" + separator + "' .. ", field -> "record." + luaName(field)));
  }

  private String joined(String by, Function<F, String> text) {
    return Arrays.stream(fields).map(text).collect(Collectors.joining(by));
  }

  private String luaName(F field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
