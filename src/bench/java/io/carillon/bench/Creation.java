package io.carillon.bench;

import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;

import io.carillon.bench.HttpClients.Answers;
import io.carillon.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The command that measures how fast jobs are created: in batches, one by one with and without an
 * id. {@link CreationSettings} are its settings. The jobs are due in a day; a service that goes on
 * running is rid of them in the end.
 */
public final class Creation {

  private static final String TAG = "measured-creation";
  private static final String JOB =
      aJob().tagged(TAG).every("PT24H").to(URI.create("http://127.0.0.1:9/never")).json();

  private final CreationSettings settings;
  private final URI service;
  private final Map<String, CpuClock> clocks = new LinkedHashMap<>();
  private final AtomicInteger created = new AtomicInteger();

  private Creation(CreationSettings settings, URI service) {
    this.settings = settings;
    this.service = service;
  }

  /** Has the processor time of a process told. */
  private Creation watching(String name, OptionalLong pid) {
    pid.ifPresent(known -> clocks.put(name, new CpuClock(known)));
    return this;
  }

  public static void main(String... arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    CreationSettings settings = CreationSettings.ofSystemProperties();
    if (settings.service().isPresent()) {
      Creation creation = new Creation(settings, settings.service().get());
      if (settings.redis().isPresent()) {
        creation.watching("Redis", RedisInUse.at(settings.redis().get()).pid());
      }
      try {
        creation.run();
      } finally {
        creation.deleteAll();
      }
    } else {
      runOnPackagedService(settings);
    }
  }

  private static void runOnPackagedService(CreationSettings settings)
      throws IOException, InterruptedException {
    System.setProperty(
        "carillon.jar", System.getProperty("carillon.jar", "target/quarkus-app/quarkus-run.jar"));
    Path data = Files.createTempDirectory("carillon-creation-");
    long begin = System.nanoTime();
    try (ServiceProcess process =
        aService().with("CARILLON_DATA_DIR", data).with("CARILLON_EVENTS_COUNT", 1_000).start()) {
      say("ready after %.1f s", (System.nanoTime() - begin) / 1e9);
      try {
        new Creation(settings, process.url(""))
            .watching("service", OptionalLong.of(process.pid()))
            .watching("Redis", RedisInUse.ofEmbedded(data).pid())
            .run();
      } finally {
        // Not killed: its Redis is to be gone before the directory is.
        process.terminate();
        process.awaitEnd();
        process.awaitEndOfChildren();
      }
    } finally {
      Load.delete(data);
    }
  }

  private void run() throws IOException, InterruptedException {
    HttpClients one = new HttpClients(service, 1);
    HttpClients many = new HttpClients(service, settings.connections());
    Supplier<byte[]> batches = () -> one.request("POST", "/v1/jobs/batch", batch());
    say("%.0f million steps of a fixed loop a second", MachineSpeed.measure());
    Answers first = one.send(batches, Duration.ZERO);
    say("first batch    %.0f ms", new Percentiles(first.micros()).millis(100));
    measure("batches", settings.batch(), one, batches);
    measure("POST", 1, many, () -> many.request("POST", "/v1/jobs", JOB));
    measure("PUT", 1, many, () -> many.request("PUT", "/v1/jobs/" + newId(), JOB));
  }

  private void deleteAll() throws InterruptedException {
    HttpClients one = new HttpClients(service, 1);
    one.send(() -> one.request("DELETE", "/v1/jobs?tag=" + TAG, ""), Duration.ZERO);
  }

  private String newId() {
    return "measured-" + created.getAndIncrement();
  }

  private String batch() {
    return IntStream.range(0, settings.batch())
        .mapToObj(i -> "{\"id\":\"" + newId() + "\"," + JOB.substring(1))
        .collect(Collectors.joining(",", "{\"jobs\":[", "]}"));
  }

  private void measure(String what, int jobs, HttpClients clients, Supplier<byte[]> requests)
      throws IOException, InterruptedException {
    clients.send(requests, settings.warmUp());
    Map<String, Double> before = seconds();
    Answers answers = clients.send(requests, settings.phase());
    Map<String, Double> after = seconds();
    Percentiles times = new Percentiles(answers.micros());
    double created = answers.micros().length * (double) jobs;
    say(
        "%-14s %,.0f jobs a second; answered p50 %.1f ms, p99 %.1f ms; CPU a job: %s",
        what,
        answers.aSecond() * jobs,
        times.millis(50),
        times.millis(99),
        clocks.keySet().stream()
            .map(of -> "%s %.0f us".formatted(of, (after.get(of) - before.get(of)) * 1e6 / created))
            .collect(Collectors.joining(", ")));
  }

  /** Of processor time, of each process that is watched. */
  private Map<String, Double> seconds() throws IOException {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Map.Entry<String, CpuClock> clock : clocks.entrySet()) {
      seconds.put(clock.getKey(), clock.getValue().seconds());
    }
    return seconds;
  }

  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
