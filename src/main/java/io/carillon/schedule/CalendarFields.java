package io.carillon.schedule;

import java.time.LocalTime;
import java.util.List;

/** The checks that daily, weekly and monthly schedules share. */
final class CalendarFields {

  private CalendarFields() {}

  static void checkEvery(int every, Faults faults) {
    if (every < 1) {
      faults.add("/every", "out-of-range", "every " + every + " is less than 1");
    }
  }

  static void checkTimes(List<LocalTime> at, Faults faults) {
    Lists.check("/at", "local times", at, faults);
    for (int i = 0; at != null && i < at.size(); i++) {
      if (at.get(i) != null && at.get(i).getNano() != 0) {
        faults.add("/at/" + i, "too-fine", at.get(i) + " has parts finer than a second");
      }
    }
  }
}
