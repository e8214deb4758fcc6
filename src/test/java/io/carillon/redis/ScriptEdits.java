package io.carillon.redis;

import java.util.function.UnaryOperator;

/** Changes to the text of scripts, for tests only. */
public final class ScriptEdits {

  private static final UnaryOperator<String> HALF =
      whereThere(
          """
            local micros = redis.call('TIME')[2]
            return math.floor((micros * 2654435761) % 4294967296 / 4294967296 * below)
          """,
          "  return math.floor(below / 2)\n");

  /** Time as the test sets it, and half of the longest time instead of one drawn by chance. */
  static final UnaryOperator<String> TEST_CLOCK =
      text ->
          HALF.apply(
              whereThere(
                      """
                        local time = redis.call('TIME')
                        return time[1] * 1000 + math.floor(time[2] / 1000)
                      """,
                      "  return tonumber(redis.call('GET', PREFIX .. 'clock'))\n")
                  .apply(text));

  private ScriptEdits() {}

  /** Only in scripts that have this text; the others stay as they are. */
  static UnaryOperator<String> whereThere(String text, String instead) {
    return script -> script.contains(text) ? replace(script, text, instead) : script;
  }

  /** The script with another text in the place of one that it has. */
  public static String replace(String script, String text, String instead) {
    if (!script.contains(text)) {
      throw new IllegalArgumentException("the script has no such text any more:\n" + text);
    }
    return script.replace(text, instead);
  }
}
