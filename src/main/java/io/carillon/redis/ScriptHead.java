package io.carillon.redis;

import io.carillon.redis.Keys.Known;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment at the head of a script: what it does, then the keys it uses, its named arguments and
 * what it returns.
 *
 * <pre>
 * -- KEYS     EPOCH DUE
 * -- ARGV     epoch          the leader's fencing number
 * -- ITEM     job    word    id
 * --          due    millis
 * -- RETURNS  ...
 * </pre>
 *
 * {@code ITEM} names the fields of what repeats behind the arguments, as often as there are items;
 * each field has a {@link PackedType}, since an item is one argument of its own.
 *
 * @param keys the keys that there is one of and that this file uses
 * @param includes the files that it builds on, in its own order
 */
record ScriptHead(
    Set<Known> keys, List<String> arguments, List<ItemField> itemFields, List<String> includes) {

  private static final Pattern SECTION = Pattern.compile("-- ([A-Z]{4,7}) +(\\S.*)");
  private static final Pattern CONTINUED = Pattern.compile("-- {10}(\\S.*)");
  private static final Pattern INCLUDE = Pattern.compile("include '([a-z-]+)'");

  /** A field of an item. */
  record ItemField(String name, PackedType type) {
    static ItemField read(String text) {
      String[] words = text.split(" +", 3);
      return new ItemField(words[0], PackedType.valueOf(words[1].toUpperCase(Locale.ROOT)));
    }
  }

  static ScriptHead read(String script) {
    Set<Known> keys = EnumSet.noneOf(Known.class);
    List<String> arguments = new ArrayList<>();
    List<ItemField> itemFields = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    String section = "";
    for (String line : script.split("\n")) {
      Matcher begins = SECTION.matcher(line);
      Matcher goesOn = CONTINUED.matcher(line);
      Matcher included = INCLUDE.matcher(line);
      if (included.matches()) {
        includes.add(included.group(1));
      } else if (!line.startsWith("--")) {
        section = "";
      }
      if (begins.matches()) {
        section = begins.group(1);
      }
      String text = begins.matches() ? begins.group(2) : goesOn.matches() ? goesOn.group(1) : "";
      if (text.isEmpty()) {
        continue;
      }
      switch (section) {
        case "KEYS" -> List.of(text.split(" +")).forEach(key -> keys.add(Known.valueOf(key)));
        case "ARGV" -> arguments.add(text.split(" ")[0]);
        case "ITEM" -> itemFields.add(ItemField.read(text));
        default -> {}
      }
    }
    return new ScriptHead(keys, arguments, itemFields, includes);
  }

  static boolean isInclude(String line) {
    return INCLUDE.matcher(line).matches();
  }
}
