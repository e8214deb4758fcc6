package io.carillon.redis;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts positions in the place of the fields of records: in a script, {@code job}, {@code run} and
 * whatever else has the name of a record of the {@link Schema} is one, an array, since Lua fills
 * and reads arrays faster than tables with names. Its author writes {@code job.next}, Redis gets
 * {@code job[7]}.
 */
final class RecordFields {

  private static final Map<String, PackedRecord<?>> RECORDS =
      Schema.RECORDS.stream().collect(Collectors.toMap(PackedRecord::name, Function.identity()));

  /** A record by its name, or what {@code <record>_of(...)} answers, and one of its fields. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?<![\\w.'])((%1$s)(?:_of\\(\\w+\\))?)\\.(\\w+)"
              .formatted(String.join("|", RECORDS.keySet())));

  private RecordFields() {}

  /**
   * The text of a script with its fields replaced.
   *
   * @throws IllegalArgumentException when a record has no such field, told as Redis tells errors
   */
  static String replacedIn(String text) {
    String[] lines = text.split("\n");
    for (int i = 0; i < lines.length; i++) {
      lines[i] = inLine(lines[i], i + 1);
    }
    return String.join("\n", lines) + '\n';
  }

  private static String inLine(String line, int number) {
    return line.startsWith("--")
        ? line
        : FIELD.matcher(line).replaceAll(field -> position(field, number));
  }

  private static String position(MatchResult field, int line) {
    int position =
        RECORDS
            .get(field.group(2))
            .positionInLua(field.group(3))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "user_script:" + line + ": a record has no field " + field.group()));
    return field.group(1) + '[' + position + ']';
  }
}
