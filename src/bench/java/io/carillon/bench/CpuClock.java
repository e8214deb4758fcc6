package io.carillon.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time, from Linux' {@code /proc}: of one process or of all. */
record CpuClock(long pid) {

  /** USER_HZ: what the kernel tells user space, the same on all platforms that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int IDLE = 4;
  private static final int IOWAIT = 5;
  private static final int GUEST = 9;

  /** Seconds of one core that the whole machine was busy. */
  static double ofMachine() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
    long busy = 0;
    for (int i = 1; i < fields.length; i++) {
      // Guest time is part of user time already.
      busy += i == IDLE || i == IOWAIT || i >= GUEST ? 0 : Long.parseLong(fields[i]);
    }
    return busy / TICKS_PER_SECOND;
  }

  /** Seconds of one core that the process has used. */
  double seconds() throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name of the program stands in parentheses and may contain blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
  }
}
