package io.carillon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.process.ServiceClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client that reads the list of jobs while they run: one page after the other of each of several
 * lists in turn, from the beginning again at the end. Times are as the client sees them, its
 * reading of the JSON included.
 */
final class PageReader implements AutoCloseable {

  /** With the tags, names and URLs that {@link Registration} gives to jobs that rest. */
  private static final List<String> LISTS =
      List.of(
          "",
          "state=active",
          "lastOutcome=none",
          "tag=common",
          "tag=common&tag=rare",
          "tag=common&state=active&lastOutcome=none",
          "sort=nextRunAt",
          "sort=nextRunAt&tag=common",
          "sort=nextRunAt&tag=rare",
          "namePrefix=Idle",
          "q=idle%20HOOK",
          "q=nowhere",
          "sort=nextRunAt&q=nowhere");

  private final ServiceClient service;
  private final Map<String, List<Long>> micros = new LinkedHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread thread = new Thread(this::read, "pages");

  private PageReader(ServiceClient service) {
    this.service = service;
    LISTS.forEach(list -> micros.put(list, new ArrayList<>()));
  }

  static PageReader start(ServiceClient service) {
    PageReader reader = new PageReader(service);
    reader.thread.start();
    return reader;
  }

  private void read() {
    Map<String, String> tokens = new LinkedHashMap<>();
    while (!closed.get()) {
      for (String list : LISTS) {
        long begin = System.nanoTime();
        JsonNode page =
            service.get("/v1/jobs?pageToken=" + tokens.getOrDefault(list, "") + '&' + list);
        micros.get(list).add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
        tokens.put(list, page.path("nextPageToken").asText(""));
      }
    }
  }

  /** Stops reading. */
  @Override
  public void close() throws InterruptedException {
    closed.set(true);
    thread.join();
  }

  /** A line for each list. */
  List<String> report() {
    List<String> lines = new ArrayList<>();
    micros.forEach(
        (list, times) -> {
          Percentiles page = new Percentiles(times.stream().mapToLong(Long::longValue).toArray());
          lines.add(
              "p50 %5.1f ms, p99 %5.1f ms, %,d pages of /v1/jobs?%s"
                  .formatted(page.millis(50), page.millis(99), times.size(), list));
        });
    return lines;
  }
}
