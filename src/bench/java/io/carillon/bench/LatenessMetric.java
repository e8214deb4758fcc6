package io.carillon.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * The service's own histogram of lateness, {@code carillon_fire_lateness_seconds}.
 *
 * @param buckets upper bound in seconds → how many were at most so late
 */
record LatenessMetric(Map<Double, Double> buckets) {

  private static final String BUCKET = "carillon_fire_lateness_seconds_bucket{";

  /** Reads it from the text of {@code /q/metrics}; several series are added up. */
  static LatenessMetric of(String metrics) {
    Map<Double, Double> buckets = new TreeMap<>();
    metrics
        .lines()
        .filter(line -> line.startsWith(BUCKET))
        .forEach(
            line -> {
              int bound = line.indexOf("le=\"") + 4;
              String le = line.substring(bound, line.indexOf('"', bound));
              double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
              buckets.merge(
                  le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le),
                  count,
                  Double::sum);
            });
    return new LatenessMetric(buckets);
  }

  /** What was added since an earlier look. */
  LatenessMetric since(LatenessMetric earlier) {
    Map<Double, Double> added = new TreeMap<>();
    buckets.forEach(
        (bound, count) -> added.put(bound, count - earlier.buckets.getOrDefault(bound, 0.0)));
    return new LatenessMetric(added);
  }

  /**
   * The upper bound of the bucket in which the percentile lies.
   *
   * @return milliseconds; NaN where nothing was counted
   */
  double atMostMillis(double percent) {
    double all = buckets.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
    return buckets.entrySet().stream()
        .filter(bucket -> all > 0 && bucket.getValue() >= percent / 100 * all)
        .mapToDouble(bucket -> bucket.getKey() * 1000)
        .findFirst()
        .orElse(Double.NaN);
  }
}
