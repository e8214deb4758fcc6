package io.carillon.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much processor time each of several processes uses between two instants, and the rest of the
 * machine: lateness measured beside a busy neighbour says little.
 */
final class CpuUse {

  private final Map<String, CpuClock> clocks = new LinkedHashMap<>();
  private final Map<String, Double> atBegin = new LinkedHashMap<>();
  private final Map<String, Double> cores = new LinkedHashMap<>();
  private double machineAtBegin;
  private long begunNanos;

  void watch(String name, long pid) {
    clocks.put(name, new CpuClock(pid));
  }

  void begin() throws IOException {
    begunNanos = System.nanoTime();
    machineAtBegin = CpuClock.ofMachine();
    for (Map.Entry<String, CpuClock> clock : clocks.entrySet()) {
      atBegin.put(clock.getKey(), clock.getValue().seconds());
    }
  }

  void end() throws IOException {
    double elapsed = (System.nanoTime() - begunNanos) / 1e9;
    double others = (CpuClock.ofMachine() - machineAtBegin) / elapsed;
    for (Map.Entry<String, CpuClock> clock : clocks.entrySet()) {
      double used = clock.getValue().seconds() - atBegin.get(clock.getKey());
      cores.put(clock.getKey(), used / elapsed);
      others -= used / elapsed;
    }
    cores.put("others", others);
  }

  /** {@code service 0.31, redis 0.20, others 0.05 cores}. */
  @Override
  public String toString() {
    return cores.entrySet().stream()
            .map(use -> "%s %.2f".formatted(use.getKey(), use.getValue()))
            .collect(Collectors.joining(", "))
        + " cores";
  }
}
