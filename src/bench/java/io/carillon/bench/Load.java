package io.carillon.bench;

import static io.carillon.process.ServiceProcess.aService;

import io.carillon.process.ServiceClient;
import io.carillon.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The load command; {@link LoadSettings} are its settings. Starts everything, stops what it
 * started, leaves nothing behind.
 */
public final class Load {

  private static final Duration LAST_ARRIVALS_WITHIN = Duration.ofSeconds(10);

  private final LoadSettings settings;
  private final ReceiverProcess receiver;
  private final ServiceProcess service;
  private final CpuUse cpu = new CpuUse();

  private Load(LoadSettings settings, ReceiverProcess receiver, ServiceProcess service) {
    this.settings = settings;
    this.receiver = receiver;
    this.service = service;
  }

  public static void main(String... arguments) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    System.setProperty(
        "carillon.jar", System.getProperty("carillon.jar", "target/quarkus-app/quarkus-run.jar"));
    if (!Files.exists(Path.of(System.getProperty("carillon.jar")))) {
      throw new IllegalStateException("there is no packaged service: run mvn package first");
    }
    LoadSettings settings = LoadSettings.ofSystemProperties();
    Path data = Files.createTempDirectory("carillon-load-");
    try (ReceiverProcess receiver = ReceiverProcess.start();
        ServiceProcess service = service(settings, data)) {
      try {
        new Load(settings, receiver, service).run(data);
      } finally {
        // Not killed: its Redis is to be gone before the directory is.
        service.terminate();
        service.awaitEnd();
        service.awaitEndOfChildren();
      }
    } finally {
      delete(data);
    }
  }

  private static ServiceProcess service(LoadSettings settings, Path data) {
    ServiceProcess.Launch launch =
        aService()
            .withJvmOption("-Xmx" + settings.heap())
            .with("CARILLON_DATA_DIR", data)
            .with("CARILLON_TARGETS_ALLOW_PRIVATE", true);
    settings.redis().ifPresent(redis -> launch.with("QUARKUS_REDIS_HOSTS", redis));
    return launch.start();
  }

  private void run(Path data) throws IOException, InterruptedException {
    watchProcesses(data);
    say("%,d jobs, each every second, %s; %,d besides", settings.jobs(), phases(), settings.idle());
    new Registration(service.client(), settings, receiver.url()).registerAll();
    Window window = Window.after(Instant.now(), settings.warmUp(), settings.measured());
    say("registered; warming up for %d s", settings.warmUp().toSeconds());
    follow(window.from());
    LatenessMetric before = metric();
    cpu.begin();
    say("measuring for %d s", settings.measured().toSeconds());
    List<String> pages = followReading(window.to());
    cpu.end();
    LatenessMetric metric = metric().since(before);
    report(awaitLast(window), metric);
    pages.forEach(line -> say("%s", line));
  }

  private void watchProcesses(Path data) throws IOException {
    RedisInUse redis =
        settings.redis().isPresent()
            ? RedisInUse.at(URI.create(settings.redis().get()))
            : RedisInUse.ofEmbedded(data);
    cpu.watch("service", service.pid());
    redis.pid().ifPresent(pid -> cpu.watch("redis", pid));
    cpu.watch("receiver", receiver.pid());
    say(
        "Redis %s, %d cores, %.0f million steps of a fixed loop a second",
        redis.version(), Runtime.getRuntime().availableProcessors(), MachineSpeed.measure());
  }

  private String phases() {
    if (settings.cron()) {
      return "by cron, all at the full second";
    }
    return settings.together() ? "all at the same instant" : "spread over the second";
  }

  /** The same while lists are read, if there are jobs for that. Answers what pages took. */
  private List<String> followReading(Instant end) throws IOException, InterruptedException {
    if (settings.idle() == 0) {
      follow(end);
      return List.of();
    }
    PageReader reader = PageReader.start(service.client());
    try (reader) {
      follow(end);
    }
    return reader.report();
  }

  /** Says each second how many have arrived, until an instant comes. */
  private void follow(Instant end) throws IOException, InterruptedException {
    long before = receiver.count();
    for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now()) {
      Duration left = Duration.between(now, end);
      Thread.sleep(Math.min(left.toMillis() + 1, 1000)); // A line a second.
      long count = receiver.count();
      say("  %,9d arrived, %,6d more", count, count - before);
      before = count;
    }
  }

  /** Late ones may still come; nothing more is expected once all have. */
  private Tally awaitLast(Window window) throws IOException, InterruptedException {
    Instant patience = Instant.now().plus(LAST_ARRIVALS_WITHIN);
    while (true) {
      Tally tally = new Tally(window);
      receiver.arrivals(tally::add);
      if (tally.arrived() >= settings.expected() || Instant.now().isAfter(patience)) {
        return tally;
      }
      Thread.sleep(1000); // Until it is asked again.
    }
  }

  private LatenessMetric metric() {
    ServiceClient client = service.client();
    return LatenessMetric.of(client.text("/q/metrics"));
  }

  private void report(Tally tally, LatenessMetric metric) {
    Percentiles late = tally.lateness();
    say("expected    %,d", settings.expected());
    say("sent        %,d", tally.arrived());
    say("missing     %,d", settings.expected() - tally.arrived());
    say("duplicates  %,d (retries %,d)", tally.duplicates(), tally.retries());
    say("early       %,d", tally.early());
    say(
        "lateness    p50 %.1f ms, p99 %.1f ms, max %.1f ms, as the receiver sees it",
        late.millis(50), late.millis(99), late.millis(100));
    say(
        "            p50 ≤ %.1f ms, p99 ≤ %.1f ms, by the service's own metric",
        metric.atMostMillis(50), metric.atMostMillis(99));
    say("processor   %s", cpu);
  }

  private static void say(String format, Object... values) {
    System.out.println(format.formatted(values));
  }

  static void delete(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
