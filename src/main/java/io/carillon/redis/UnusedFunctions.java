package io.carillon.redis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The functions of a script's files that the script does not use. Redis makes all functions of a
 * script anew each time it runs, which costs more than a small script itself does.
 *
 * <p>A function of a file begins with {@code local function} at the beginning of a line and ends
 * with that line, or with the next one that is {@code end} alone.
 */
final class UnusedFunctions {

  private static final Pattern BEGIN = Pattern.compile("local function (\\w+).*");
  private static final Pattern NAME = Pattern.compile("\\w+");

  private final List<String> lines;
  private final List<Function> functions = new ArrayList<>();

  private record Function(String name, int first, int last) {}

  private UnusedFunctions(List<String> lines) {
    this.lines = lines;
    int i = 0;
    while (i < lines.size()) {
      Matcher begin = BEGIN.matcher(lines.get(i));
      if (begin.matches()) {
        Function function = new Function(begin.group(1), i, lastLine(i));
        functions.add(function);
        i = function.last;
      }
      i++;
    }
  }

  /** The same lines, those of functions that are not used empty. */
  static List<String> leftOut(List<String> lines) {
    return new UnusedFunctions(lines).leftOut();
  }

  private int lastLine(int first) {
    int last = first;
    if (!lines.get(first).endsWith(" end")) {
      while (!lines.get(last).equals("end")) {
        last++;
      }
    }
    return last;
  }

  private List<String> leftOut() {
    List<String> left = new ArrayList<>(lines);
    Set<Function> used = used();
    for (Function function : functions) {
      if (!used.contains(function)) {
        empty(left, function);
      }
    }
    return left;
  }

  /** The functions named outside all functions, those named in these, and so on. */
  private Set<Function> used() {
    List<String> outside = new ArrayList<>(lines);
    functions.forEach(function -> empty(outside, function));
    Set<Function> used = new HashSet<>();
    Deque<List<String>> unread = new ArrayDeque<>(List.of(outside));
    while (!unread.isEmpty()) {
      Set<String> named = names(unread.pop());
      for (Function function : functions) {
        if (named.contains(function.name) && used.add(function)) {
          unread.push(lines.subList(function.first, function.last + 1));
        }
      }
    }
    return used;
  }

  private static void empty(List<String> lines, Function function) {
    for (int line = function.first; line <= function.last; line++) {
      lines.set(line, "");
    }
  }

  /** The names in lines of Lua, comments apart. */
  static Set<String> names(List<String> code) {
    return code.stream()
        .map(line -> line.replaceFirst("--.*", ""))
        .flatMap(line -> NAME.matcher(line).results())
        .map(name -> name.group())
        .collect(Collectors.toSet());
  }
}
