package io.carillon.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The lists of a schedule, brought into the one form in which equal schedules are equal. */
final class Lists {

  private Lists() {}

  static <T> List<T> orEmpty(List<T> given) {
    return given == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(given));
  }

  static <T> List<T> distinct(List<T> given) {
    return given.stream().distinct().toList();
  }

  static <T> List<T> sorted(List<T> given, Comparator<? super T> order) {
    return given.stream().distinct().sorted(order).toList();
  }

  /** Reports a list that is missing or empty, and each member that is missing. */
  static void check(String pointer, String what, List<?> given, Faults faults) {
    if (given == null) {
      faults.add(pointer, "required", "a list of " + what + " is required");
      return;
    }
    if (given.isEmpty()) {
      faults.add(pointer, "empty", "the list of " + what + " is empty");
    }
    for (int i = 0; i < given.size(); i++) {
      if (given.get(i) == null) {
        faults.add(pointer + "/" + i, "required", "a member of the list is missing");
      }
    }
  }
}
