package io.carillon.schedule;

import java.util.List;

/** The fields that a cron expression may have. */
enum CronUnit {
  SECOND("second", 0, 59, List.of()),
  MINUTE("minute", 0, 59, List.of()),
  HOUR("hour", 0, 23, List.of()),
  DAY_OF_MONTH("day of month", 1, 31, List.of()),
  MONTH(
      "month",
      1,
      12,
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")),
  /** 7 is read as 0, Sunday. */
  DAY_OF_WEEK("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")),
  YEAR("year", Civil.FIRST_YEAR, Civil.LAST_YEAR, List.of());

  private final String label;
  private final int least;
  private final int most;
  private final List<String> names;

  CronUnit(String label, int least, int most, List<String> names) {
    this.label = label;
    this.least = least;
    this.most = most;
    this.names = names;
  }

  /** The field in words, as in {@code day of month}. */
  String label() {
    return label;
  }

  int least() {
    return least;
  }

  /** The number that the steps of a star count from: years count from 1970, as in Quartz. */
  int origin() {
    return this == YEAR ? 1_970 : least;
  }

  /** The greatest number that may be written. */
  int most() {
    return most;
  }

  /** The greatest number there is: the week ends with Saturday, 7 is only another name of 0. */
  int last() {
    return this == DAY_OF_WEEK ? 6 : most;
  }

  /** The number that a name in upper case stands for, or -1. */
  int named(String name) {
    int index = names.indexOf(name);
    return index < 0 ? -1 : least + index;
  }

  /** Whether the unit begins again after its last number, so that a range may run over its end. */
  boolean wraps() {
    return this != YEAR;
  }
}
