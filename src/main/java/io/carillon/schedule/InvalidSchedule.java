package io.carillon.schedule;

import java.util.List;
import java.util.stream.Collectors;

/** A schedule that cannot exist, with everything that is wrong with it. */
public final class InvalidSchedule extends IllegalArgumentException {

  private final transient List<Fault> faults;

  InvalidSchedule(List<Fault> faults) {
    super(faults.stream().map(Fault::detail).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** All faults, at least one, in the order of the schedule's fields. */
  public List<Fault> faults() {
    return faults;
  }
}
