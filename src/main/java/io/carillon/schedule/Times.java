package io.carillon.schedule;

import java.time.Duration;

/** A set, never empty, of times of the day in seconds since midnight. */
interface Times {

  /** Answered where no time of the day is left. */
  int NONE = -1;

  int first();

  int last();

  /** The first time not before the given one, or {@link #NONE}. */
  int atOrAfter(int secondOfDay);

  /** The last time not after the given one, or {@link #NONE}. */
  int atOrBefore(int secondOfDay);

  /** How many times lie before the given one, which may be the end of the day. */
  int countBefore(int secondOfDay);

  default int size() {
    return countBefore(Civil.SECONDS_PER_DAY);
  }

  /** The least distance of two times, counting those of adjacent days. */
  default Duration shortestInterval() {
    int shortest = Civil.SECONDS_PER_DAY - last() + first();
    int time = first();
    // One second is the least there can be: no need to look further.
    while (time != last() && shortest > 1) {
      int following = atOrAfter(time + 1);
      shortest = Math.min(shortest, following - time);
      time = following;
    }
    return Duration.ofSeconds(shortest);
  }
}
