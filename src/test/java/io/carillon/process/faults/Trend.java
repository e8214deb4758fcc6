package io.carillon.process.faults;

import java.util.List;

/**
 * The straight line that fits some samples best (least squares), taken at equal distances.
 *
 * @param mean of the samples
 * @param growth by how much the line rises from the first sample to the last
 */
record Trend(double mean, double growth) {

  static Trend of(List<Double> samples) {
    int count = samples.size();
    if (count < 2) {
      throw new IllegalArgumentException("a trend needs two samples, not " + count);
    }
    double mean = samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    double middle = (count - 1) / 2.0;
    double rise = 0;
    double spread = 0;
    for (int i = 0; i < count; i++) {
      rise += (i - middle) * (samples.get(i) - mean);
      spread += (i - middle) * (i - middle);
    }
    return new Trend(mean, rise / spread * (count - 1));
  }

  /**
   * Whether it does not rise, or so little that it tells nothing.
   *
   * @param part of the mean that it may rise by
   * @param amount that it may rise by in any case
   */
  boolean isFlatWithin(double part, double amount) {
    return growth <= Math.max(mean * part, amount);
  }
}
