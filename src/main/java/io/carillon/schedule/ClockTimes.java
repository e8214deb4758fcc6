package io.carillon.schedule;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;

/** Times of the day from a list. */
final class ClockTimes implements Times {

  private final int[] seconds;

  private ClockTimes(int[] seconds) {
    this.seconds = seconds;
  }

  static ClockTimes of(List<LocalTime> times) {
    return new ClockTimes(
        times.stream().mapToInt(LocalTime::toSecondOfDay).sorted().distinct().toArray());
  }

  @Override
  public int first() {
    return seconds[0];
  }

  @Override
  public int last() {
    return seconds[seconds.length - 1];
  }

  @Override
  public int atOrAfter(int secondOfDay) {
    int index = countBefore(secondOfDay);
    return index < seconds.length ? seconds[index] : NONE;
  }

  @Override
  public int atOrBefore(int secondOfDay) {
    int index = countBefore(secondOfDay + 1);
    return index > 0 ? seconds[index - 1] : NONE;
  }

  @Override
  public int countBefore(int secondOfDay) {
    int index = Arrays.binarySearch(seconds, secondOfDay);
    return index >= 0 ? index : -index - 1;
  }
}
