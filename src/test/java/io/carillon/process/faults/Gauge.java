package io.carillon.process.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a cluster needs of something, all replicas together. */
enum Gauge {
  /** Bytes that are left after a collection. */
  HEAP(4 << 20, cluster -> sum(cluster, Gauge::liveBytes)),
  THREADS(6, cluster -> sum(cluster, replica -> metric(replica, "jvm_threads_live_threads"))),
  /** Open files, of which connections are the most; how many webhooks go on at a time varies. */
  FILES(60, cluster -> sum(cluster, replica -> metric(replica, "process_files_open_files"))),
  REDIS_CLIENTS(4, cluster -> info(cluster, "clients", "connected_clients")),
  /** Bytes. */
  REDIS_MEMORY(1 << 20, cluster -> info(cluster, "memory", "used_memory"));

  private final double grain;
  private final ToDoubleFunction<Cluster> reading;

  Gauge(double grain, ToDoubleFunction<Cluster> reading) {
    this.grain = grain;
    this.reading = reading;
  }

  /** A rise by so much tells nothing yet. */
  double grain() {
    return grain;
  }

  static Map<Gauge, Double> readAll(Cluster cluster) {
    Map<Gauge, Double> values = new EnumMap<>(Gauge.class);
    for (Gauge gauge : values()) {
      values.put(gauge, gauge.reading.applyAsDouble(cluster));
    }
    return values;
  }

  private static double sum(Cluster cluster, ToDoubleFunction<Replica> reading) {
    return cluster.replicas().stream().mapToDouble(reading).sum();
  }

  /** The histogram's last line is {@code Total <objects> <bytes>}; it is of live objects only. */
  private static double liveBytes(Replica replica) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    String pid = Long.toString(replica.process().pid());
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), pid, "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return lastNumber(histogram, "Total");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double metric(Replica replica, String name) {
    return lastNumber(replica.client().text("/q/metrics"), name);
  }

  private static double info(Cluster cluster, String section, String name) {
    return lastNumber(cluster.console().ask("INFO " + section).replace(':', ' '), name);
  }

  /** The last number of the line whose first word this is, tags or not. */
  private static double lastNumber(String text, String word) {
    List<String> words =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith(word + " ") || line.startsWith(word + "{"))
            .flatMap(line -> Arrays.stream(line.split("\\s+")))
            .toList();
    if (words.isEmpty()) {
      throw new IllegalStateException("there is no " + word + " in\n" + text);
    }
    return Double.parseDouble(words.get(words.size() - 1));
  }
}
