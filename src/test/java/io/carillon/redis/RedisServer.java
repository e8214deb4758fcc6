package io.carillon.redis;

import static io.carillon.Eventually.eventually;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real redis-server for tests: its own process, on a free loopback port, in a directory of its
 * own, from the binary that the embedded Redis uses unless another {@link RedisRelease} is asked
 * for. It can be killed, frozen and restarted, so that a test can do to Redis what an operator or
 * an outage does.
 *
 * <p>Made by {@link #start} (memory only) or {@link #startAppendOnly}; both return once it answers.
 * {@link #close} ends the process and removes the directory; a shutdown hook does so for a test
 * that forgets. Not safe for use by several threads.
 */
public final class RedisServer implements AutoCloseable {

  private static final int START_ATTEMPTS = 5;

  /** Below the ports of outgoing connections, see {@link #freePort}. */
  private static final int FIRST_PORT = 15_000;

  private static final int LAST_PORT = 30_000;

  private final Path binary;
  private final Path directory;
  private final List<String> arguments;
  private final Thread shutdownHook;
  private int port;
  private Process process;

  private RedisServer(Path binary, Path directory, List<String> arguments) {
    this.binary = binary;
    this.directory = directory;
    this.arguments = arguments;
    this.shutdownHook = new Thread(this::kill, "redis-server-cleaner");
  }

  /** Starts a server that keeps nothing on disk; {@code extra} are further command-line options. */
  public static RedisServer start(String... extra) {
    return start(RedisRelease.EMBEDDED, extra);
  }

  /** Starts a server of a release that keeps nothing on disk. */
  public static RedisServer start(RedisRelease release, String... extra) {
    return start(release, "no", extra);
  }

  /** Starts a server with an append-only file, which outlives {@link #kill} and {@link #stop}. */
  public static RedisServer startAppendOnly(String... extra) {
    return startAppendOnly(RedisRelease.EMBEDDED, extra);
  }

  /** Starts a server of a release with an append-only file. */
  public static RedisServer startAppendOnly(RedisRelease release, String... extra) {
    return start(release, "yes", extra);
  }

  private static RedisServer start(RedisRelease release, String appendOnly, String... extra) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--appendonly", appendOnly));
    arguments.addAll(List.of(extra));
    return start(new RedisServer(release.binary(), newDirectory(), arguments));
  }

  /**
   * Starts a Sentinel, told what to do by the lines of its file, such as {@code sentinel monitor}.
   */
  static RedisServer startSentinel(List<String> lines) {
    Path directory = newDirectory();
    Path file = directory.resolve("sentinel.conf");
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return start(
        new RedisServer(
            RedisRelease.EMBEDDED.binary(),
            directory,
            List.of(file.toString(), "--sentinel", "--bind", "127.0.0.1")));
  }

  private static RedisServer start(RedisServer server) {
    Runtime.getRuntime().addShutdownHook(server.shutdownHook);
    server.startOnAFreePort();
    return server;
  }

  /**
   * Says a command over a connection of its own.
   *
   * @return the reply as text: that of an array line by line, nothing for none
   */
  public String ask(String... words) {
    return RedisConsole.ask(port, words);
  }

  /** {@code redis://127.0.0.1:port}, the same after a restart. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** The port, the same after a restart. */
  public int port() {
    return port;
  }

  /** The id of the present or last process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process lives (a frozen one does). */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** Ends the server as an operator does (SIGTERM), its append-only file written. */
  public void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends the server as the out-of-memory killer does (SIGKILL). Nothing happens if it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the process without ending it (SIGSTOP): connections stay, answers do not come. */
  public void freeze() {
    signal("STOP");
  }

  /** Lets a frozen process go on (SIGCONT). */
  public void thaw() {
    signal("CONT");
  }

  /** Starts again on the same port and directory, after {@link #stop} or {@link #kill} or not. */
  public void restart() {
    if (process.isAlive()) {
      stop();
    }
    // Not at once after a kill: something else may hold the port for a moment.
    eventually()
        .until(
            () -> {
              launch();
              return answers();
            });
  }

  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(shutdownHook);
    delete(directory);
  }

  private void startOnAFreePort() {
    for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      port = freePort();
      launch();
      if (answers()) {
        return;
      }
    }
    throw new IllegalStateException("redis-server did not start, its log:\n" + log());
  }

  private void launch() {
    List<String> command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(arguments);
    command.addAll(List.of("--port", Integer.toString(port), "--dir", directory.toString()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers, or false when the process has ended (its port was taken). */
  private boolean answers() {
    eventually("redis-server answers on port " + port)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive() || itselfAnswers());
    return process.isAlive();
  }

  /**
   * Whether this very process answers, its data read; a server of somebody else on a raced port
   * does not count.
   */
  private boolean itselfAnswers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      socket.getOutputStream().write("INFO\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readAllBytes();
      String info = new String(reply, StandardCharsets.US_ASCII);
      return info.contains("process_id:" + process.pid() + "\r\n")
          && !info.contains("loading:1\r\n");
    } catch (IOException notYet) {
      return false;
    }
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("redis-server " + process.pid() + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while redis-server ends", e);
    }
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

  private Path logFile() {
    return directory.resolve("redis.log");
  }

  private String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A port that nothing listens on, outside the range the kernel gives to outgoing connections:
   * inside it a client that keeps reconnecting to a server that is down may be given that very port
   * and connect to itself, and the restarted server would find its port taken.
   */
  private static int freePort() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (ServerSocket probe = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("carillon-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) {
    try (var paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
