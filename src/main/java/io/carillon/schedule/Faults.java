package io.carillon.schedule;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one schedule, so that all of it is reported at once. */
final class Faults {

  private final List<Fault> found = new ArrayList<>();

  void add(String pointer, String code, String detail) {
    found.add(new Fault(pointer, code, detail));
  }

  int size() {
    return found.size();
  }

  /**
   * @throws InvalidSchedule if anything was added
   */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidSchedule(found);
    }
  }
}
