package io.carillon.bench;

import java.util.Arrays;

/** Times in order, in microseconds. */
public final class Percentiles {

  private final long[] micros;

  public Percentiles(long[] micros) {
    this.micros = micros.clone();
    Arrays.sort(this.micros);
  }

  /**
   * The time that so many percent do not exceed.
   *
   * @return milliseconds; NaN where there are no times
   */
  public double millis(double percent) {
    if (micros.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(percent / 100 * micros.length);
    return micros[Math.max(rank, 1) - 1] / 1000.0;
  }
}
