package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.redis.Keys.Known;
import io.carillon.redis.ScriptHead.ItemField;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A script as Redis gets it: constants, the shared prelude, the included files, its arguments by
 * name, then the script itself. Each file is in it once, behind those that it includes, without the
 * functions that the script does not use.
 *
 * <p>Each file is a function within the one before: a Lua function allows 200 local variables, and
 * takes over those of the function around its own at once, but has to look for those of its own
 * level.
 */
final class ScriptText {

  private static final Pattern LINE_IN_ERROR = Pattern.compile("@?user_script: ?(\\d+)");

  private final Map<String, String> files = new LinkedHashMap<>();
  private final Set<Known> keys = EnumSet.noneOf(Known.class);
  private final ScriptHead head;
  private final List<String> written = new ArrayList<>();
  private final List<String> lines;

  /** Of each line the file and the number that it has there. */
  private final List<String> origins = new ArrayList<>();

  private ScriptText(String name, Keys of, RedisSettings settings) {
    include("prelude");
    include(name);
    this.head = ScriptHead.read(files.get(name));
    add("keys", "");
    add("constants", constants(of, settings) + Schema.lua());
    files.forEach(
        (file, text) -> {
          if (file.equals(name)) {
            add("arguments", arguments());
          }
          add(file + ".lua:begin", "return (function()");
          add(file + ".lua", text);
        });
    add("end", "end)()\n".repeat(files.size()));
    this.lines = UnusedFunctions.leftOut(written);
    // What its own head names is sent in any case: it may be there to say where the ledger is.
    Set<String> named = UnusedFunctions.names(lines);
    keys.removeIf(key -> !head.keys().contains(key) && !named.contains(key.name()));
    lines.set(0, unpackedKeys());
  }

  static ScriptText load(String name, Keys of, RedisSettings settings) {
    return new ScriptText(name, of, settings);
  }

  private void include(String name) {
    String text = resource(name);
    ScriptHead included = ScriptHead.read(text);
    included.includes().stream().filter(other -> !files.containsKey(other)).forEach(this::include);
    keys.addAll(included.keys());
    files.put(name, text);
  }

  private void add(String origin, String text) {
    String[] added = text.split("\n");
    for (int i = 0; i < added.length; i++) {
      written.add(ScriptHead.isInclude(added[i]) ? "" : added[i]);
      origins.add(origin + ':' + (i + 1));
    }
  }

  private String constants(Keys of, RedisSettings settings) {
    return """
    local PREFIX, HINTS = '%s', '%s'
    local HISTORY_KEPT, HISTORY_AGE = %d, %d
    local EVENTS_KEPT, FAILURES_KEPT = %d, %d
    local IDEMPOTENCY_KEPT, IDEMPOTENCY_CLAIM = %d, %d
    local DEFAULT_MAX_QUEUE = %d
    """
        .formatted(
            of.prefix(),
            of.hints(),
            settings.historyKept(),
            settings.historyAge().toMillis(),
            settings.eventsKept(),
            settings.failuresKept(),
            IdempotencyKeys.KEPT.toMillis(),
            IdempotencyKeys.CLAIM.toMillis(),
            ConcurrencyPolicy.DEFAULT_MAX_QUEUE);
  }

  /** The keys are local variables by their names. */
  private String unpackedKeys() {
    return keys.isEmpty()
        ? ""
        : "local "
            + keys.stream().map(Known::name).collect(Collectors.joining(", "))
            + " = unpack(KEYS)";
  }

  /** Each argument is a local variable; each item a table with its fields by name. */
  private String arguments() {
    StringBuilder text = new StringBuilder();
    List<String> names = head.arguments();
    if (!names.isEmpty()) {
      text.append(
          "local " + String.join(", ", names) + " = unpack(ARGV, 1, " + names.size() + ")\n");
    }
    if (!head.itemFields().isEmpty()) {
      text.append(items(names.size(), head.itemFields()));
    }
    return text.toString();
  }

  private static String items(int before, List<ItemField> fields) {
    String names = fields.stream().map(ItemField::name).collect(Collectors.joining(", "));
    String format =
        fields.stream().map(field -> field.type().format()).collect(Collectors.joining());
    String values =
        fields.stream()
            .map(field -> field.name() + " = " + field.name())
            .collect(Collectors.joining(", "));
    return """
    local ITEMS = #ARGV - %1$d
    local function item(n)
      local %2$s = struct.unpack('>%3$s', ARGV[%1$d + n])
      return { %4$s }
    end
    """
        .formatted(before, names, format, values);
  }

  ScriptHead head() {
    return head;
  }

  /** The keys that it uses and is to be given, in this order. */
  List<Known> keys() {
    return List.copyOf(keys);
  }

  String text() {
    return String.join("\n", lines) + '\n';
  }

  /** An error of this script with the file and line in the place of the line of the whole text. */
  String located(String error) {
    Matcher line = LINE_IN_ERROR.matcher(error);
    return line.replaceAll(
        match -> {
          int number = Integer.parseInt(match.group(1));
          return number <= origins.size() ? origins.get(number - 1) : match.group();
        });
  }

  private static String resource(String name) {
    String path = "/redis/" + name.toLowerCase(Locale.ROOT) + ".lua";
    try (InputStream in = ScriptText.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no script " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
