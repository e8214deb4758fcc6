package io.carillon.process;

import java.util.HashMap;
import java.util.Map;

/** Counts who is there at a time, by name. Safe for use by several threads. */
final class Crowd {

  private final Map<String, Integer> there = new HashMap<>();
  private final Map<String, Integer> most = new HashMap<>();

  synchronized void enter(String name) {
    int now = there.merge(name, 1, Integer::sum);
    most.merge(name, now, Math::max);
  }

  synchronized void leave(String name) {
    there.merge(name, -1, Integer::sum);
  }

  synchronized int there(String name) {
    return there.getOrDefault(name, 0);
  }

  /** How many there have been at a time, at the most. */
  synchronized int most(String name) {
    return most.getOrDefault(name, 0);
  }
}
