package io.carillon.schedule;

/** Each {@code every}th day, counted from an anchor in both directions. */
record EveryNthDay(long anchor, int every) implements Days {

  @Override
  public long atOrAfter(long day) {
    return day + Math.floorMod(anchor - day, (long) every);
  }

  @Override
  public long atOrBefore(long day) {
    return day - Math.floorMod(day - anchor, (long) every);
  }

  @Override
  public long count(long from, long to) {
    return Math.floorDiv(to - 1 - anchor, (long) every)
        - Math.floorDiv(from - 1 - anchor, (long) every);
  }
}
