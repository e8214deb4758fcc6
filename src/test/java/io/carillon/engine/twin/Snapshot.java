package io.carillon.engine.twin;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything a ledger knows, a line for each thing, in one written form whatever the store: two
 * stores that have been through the same are equal in this.
 */
public record Snapshot(Map<String, String> lines) {

  public Snapshot {
    lines = new TreeMap<>(lines);
  }

  /** The lines that are not the same in both; empty when all are. */
  public String difference(Snapshot other) {
    Set<String> names = new TreeSet<>(lines.keySet());
    names.addAll(other.lines.keySet());
    StringBuilder different = new StringBuilder();
    for (String name : names) {
      String here = lines.get(name);
      String there = other.lines.get(name);
      if (!Objects.equals(here, there)) {
        different.append(name).append("\n  here:  ").append(here);
        different.append("\n  there: ").append(there).append('\n');
      }
    }
    return different.toString();
  }

  /** Lines as they are written down. */
  public static final class Writer {

    private final Map<String, String> lines = new TreeMap<>();

    public Writer line(String name, Object value) {
      lines.put(name, String.valueOf(value));
      return this;
    }

    /** Adds an element to a line that is a set. */
    public Writer element(String name, Object value) {
      lines.merge(name, "" + value, (some, one) -> sorted(some, one));
      return this;
    }

    private static String sorted(String some, String one) {
      Set<String> all = new TreeSet<>(Set.of(some.split(" ")));
      all.add(one);
      return String.join(" ", all);
    }

    public Snapshot written() {
      return new Snapshot(lines);
    }
  }
}
