package io.carillon.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in the text of a script. Redis finds a call of something that is not there when it runs
 * that very line; here it is found when the script is written.
 */
final class LuaNames {

  private static final Set<String> OF_THE_LANGUAGE =
      Set.of(
          "and",
          "break",
          "do",
          "else",
          "elseif",
          "end",
          "false",
          "for",
          "function",
          "if",
          "in",
          "local",
          "nil",
          "not",
          "or",
          "repeat",
          "return",
          "then",
          "true",
          "until",
          "while");

  private static final Set<String> OF_REDIS_AND_THE_LOADER =
      Set.of(
          "reason",
          "KEYS",
          "ARGV",
          "redis",
          "string",
          "table",
          "math",
          "struct",
          "pcall",
          "error",
          "ipairs",
          "pairs",
          "tonumber",
          "type",
          "unpack",
          "select",
          "next",
          "...");

  private static final Pattern NAME = Pattern.compile("(?<![\\w.:])[A-Za-z_]\\w*(?!\\w)");
  private static final Pattern FIELD_OF_A_TABLE = Pattern.compile("^\\s*=(?!=)");
  private static final List<Pattern> DECLARED =
      List.of(
          Pattern.compile("local function (\\w+)"),
          Pattern.compile("local (?!function)([\\w, ]+?) ?(?:=|$)"),
          Pattern.compile("function ?\\w*\\(([\\w, .]*)\\)"),
          Pattern.compile("for ([\\w, ]+?) (?:=|in) "));

  private LuaNames() {}

  /** Names that are used in a line and declared in none up to it, each with its line, from 1. */
  static List<String> undeclared(String script) {
    Set<String> known = new HashSet<>(OF_THE_LANGUAGE);
    known.addAll(OF_REDIS_AND_THE_LOADER);
    List<String> undeclared = new ArrayList<>();
    String[] lines = script.split("\n");
    for (int i = 0; i < lines.length; i++) {
      String code = withoutTexts(lines[i]);
      declaredIn(code, known);
      Matcher names = NAME.matcher(code);
      while (names.find()) {
        String rest = code.substring(names.end());
        boolean field = FIELD_OF_A_TABLE.matcher(rest).find() && isInTable(code, names.start());
        if (!known.contains(names.group()) && !field) {
          undeclared.add(names.group() + " in line " + (i + 1));
        }
      }
    }
    return undeclared;
  }

  private static void declaredIn(String code, Set<String> known) {
    for (Pattern pattern : DECLARED) {
      Matcher declared = pattern.matcher(code);
      while (declared.find()) {
        known.addAll(List.of(declared.group(1).trim().split("\\s*,\\s*")));
      }
    }
  }

  /** A name before an equals sign is a field where a table is written down, else a variable. */
  private static boolean isInTable(String code, int at) {
    String before = code.substring(0, at);
    return before.contains("{") || before.isBlank() || before.trim().endsWith(",");
  }

  private static String withoutTexts(String line) {
    String code = line.replaceAll("'(?:\\\\.|[^'\\\\])*'", "''");
    int comment = code.indexOf("--");
    return comment < 0 ? code : code.substring(0, comment);
  }
}
