package io.carillon.process;

import static io.carillon.Eventually.eventually;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The packaged service in a process of its own, so that it can be killed, frozen and told to end:
 * {@code aService().with("CARILLON_DATA_DIR", directory).start()}. The system property {@code
 * carillon.jar} names what is started. {@link #close} ends it; a shutdown hook does so for a test
 * that forgets.
 */
public final class ServiceProcess implements AutoCloseable {

  /** Kept, so that a test that failed can be understood. */
  private static final Path LOGS = Path.of("target", "service-logs");

  private final Process process;
  private final int port;
  private final Path log;
  private final Thread shutdownHook;
  private List<ProcessHandle> children = List.of();

  private ServiceProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.shutdownHook = new Thread(process::destroyForcibly, "service-cleaner");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /** A service with nothing set but a free port on loopback. */
  public static Launch aService() {
    return new Launch();
  }

  /** What a service is started with. */
  public static final class Launch {

    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private Path jar = Path.of(System.getProperty("carillon.jar"));

    private Launch() {}

    /** Starts another package than the one that was built. */
    public Launch from(Path runnableJar) {
      jar = runnableJar;
      return this;
    }

    /** Sets a variable of its environment. */
    public Launch with(String variable, Object value) {
      environment.put(variable, value.toString());
      return this;
    }

    /** Has it wait for Redis as long as a test does, where Redis answers, if late. */
    public Launch patient() {
      return with("CARILLON_REDIS_TIMEOUT", Eventually.BOUND);
    }

    /** Gives an option to its JVM, such as {@code -Xmx256m}. */
    public Launch withJvmOption(String option) {
      jvmOptions.add(option);
      return this;
    }

    /** Starts it and waits until it is ready. */
    public ServiceProcess start() {
      ServiceProcess service = begin();
      service.awaitReady();
      return service;
    }

    /** Starts it, ready or not. */
    public ServiceProcess begin() {
      int port = freePort();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(jvmOptions);
      command.addAll(List.of("-jar", jar.toString()));
      try {
        Path log = Files.createTempFile(Files.createDirectories(LOGS), "service-", ".log");
        ProcessBuilder builder =
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(Launch::wouldConfigure);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), port, log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Whoever runs the tests may have a service of their own configured. */
    private static boolean wouldConfigure(String variable) {
      return variable.startsWith("CARILLON_") || variable.startsWith("QUARKUS_");
    }

    private static int freePort() {
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** {@code http://127.0.0.1:port} and the path. */
  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public ServiceClient client() {
    return new ServiceClient(this);
  }

  public long pid() {
    return process.pid();
  }

  /** The processor time that it has used since its start. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The processes that it had started when it was ready, and that they had started. */
  public List<ProcessHandle> children() {
    return children;
  }

  /** Waits until it calls itself ready, or fails with its log. */
  public void awaitReady() {
    ServiceClient client = client();
    eventually("the service is ready, its log is " + log)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !process.isAlive() || client.isReady());
    if (!process.isAlive()) {
      throw new IllegalStateException("the service did not start, its log:\n" + log());
    }
    children = process.descendants().toList();
  }

  /** Ends it as the out-of-memory killer does (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end (SIGTERM) and does not wait. */
  public void terminate() {
    process.destroy();
  }

  /** Stops it without ending it (SIGSTOP): connections stay, answers do not come. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets it go on after {@link #freeze} (SIGCONT). */
  public void thaw() {
    signal("CONT");
  }

  /**
   * Waits for its end.
   *
   * @return its exit status; 128 + n after signal n
   */
  public int awaitEnd() {
    try {
      if (!process.waitFor(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the service does not end, its log:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the service ends", e);
    }
  }

  /** All it has said so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and waits until what it had started is gone too. */
  @Override
  public void close() {
    kill();
    awaitEndOfChildren();
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
  }

  /** Waits until what it had started is gone, its Redis above all. */
  public void awaitEndOfChildren() {
    eventually("nothing is left running of service " + process.pid())
        .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
  }

  private void signal(String name) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " ended with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signalling", e);
    }
  }
}
