package io.carillon.process.faults;

import java.time.Duration;

/**
 * What is promised of a fault besides that nothing is lost and nothing has two names.
 *
 * @param gap for less than this nothing new arrives
 * @param recovery within this of the end of the cause, everything that waited has arrived
 */
record Promise(Duration gap, Duration recovery, Repeats repeats) {

  /** What may arrive more than once. */
  enum Repeats {
    NOTHING,
    /** Runs that had not been recorded as ended when the fault struck. */
    WHAT_WAS_UNDER_WAY
  }
}
