package io.carillon.redis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes to the texts of scripts, for tests only. Each is made in those scripts that have its
 * text; one that no script has is a test that tests nothing, so it is told of.
 */
public final class ScriptEdits implements UnaryOperator<String> {

  /** Time as the test sets it. */
  static final ScriptEdit TEST_CLOCK =
      new ScriptEdit(
          """
            local time = redis.call('TIME')
            return time[1] * 1000 + math.floor(time[2] / 1000)
          """,
          "  return tonumber(redis.call('GET', PREFIX .. 'clock'))\n");

  /** Half of the longest time instead of one drawn by chance. */
  static final ScriptEdit HALF =
      new ScriptEdit(
          """
            local micros = redis.call('TIME')[2]
            return math.floor((micros * 2654435761) % 4294967296 / 4294967296 * below)
          """,
          "  return math.floor(below / 2)\n");

  private final List<ScriptEdit> edits;
  private final Set<ScriptEdit> unused;

  ScriptEdits(ScriptEdit... edits) {
    this(List.of(edits));
  }

  private ScriptEdits(List<ScriptEdit> edits) {
    this.edits = edits;
    this.unused = new LinkedHashSet<>(edits);
  }

  /** These, behind those that every test on a real Redis needs. */
  static ScriptEdits withTestClock(ScriptEdit... others) {
    List<ScriptEdit> edits = new ArrayList<>(List.of(TEST_CLOCK, HALF));
    edits.addAll(List.of(others));
    return new ScriptEdits(edits);
  }

  @Override
  public String apply(String script) {
    String edited = script;
    for (ScriptEdit edit : edits) {
      if (edit.concerns(edited)) {
        edited = edit.appliedTo(edited);
        unused.remove(edit);
      }
    }
    return edited;
  }

  /**
   * To be asked when all scripts have been edited.
   *
   * @throws IllegalArgumentException when one of these was made in none of them
   */
  void requireAllUsed() {
    if (!unused.isEmpty()) {
      throw new IllegalArgumentException("no script has such a text any more: " + unused);
    }
  }

  /** The script with another text in the place of one that it has. */
  public static String replace(String script, String text, String instead) {
    ScriptEdits edit = new ScriptEdits(new ScriptEdit(text, instead));
    String edited = edit.apply(script);
    edit.requireAllUsed();
    return edited;
  }
}
