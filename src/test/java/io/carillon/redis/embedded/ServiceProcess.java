package io.carillon.redis.embedded;

import static io.carillon.Eventually.eventually;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** {@link ServiceMain} in a JVM of its own, in a process group of its own. */
final class ServiceProcess implements AutoCloseable {

  private final Process process;
  private String firstLine = "nothing yet";

  private ServiceProcess(Process process) {
    this.process = process;
  }

  /** Starts it and waits until it has, or has been refused, its Redis. */
  static ServiceProcess start(Path directory) {
    ServiceProcess service = launch(directory);
    try {
      service.firstLine = String.valueOf(service.process.inputReader().readLine());
      return service;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits for nothing. */
  static ServiceProcess launch(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"));
    command.addAll(List.of("-cp", classPath(), ServiceMain.class.getName(), directory.toString()));
    try {
      return new ServiceProcess(
          new ProcessBuilder(new OwnSession(SearchPath.ofEnvironment()).of(command))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it said when it was refused. */
  String refusal() {
    return firstLine.substring("refused ".length());
  }

  long pid() {
    return process.pid();
  }

  ProcessHandle redis() {
    return ProcessHandle.of(Long.parseLong(answer(1))).orElseThrow();
  }

  int port() {
    return Integer.parseInt(answer(2));
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** As a service manager does, with SIGTERM. */
  void terminate() {
    process.destroy();
    awaitEnd();
  }

  /** As Ctrl-C does: to all processes of its group. */
  void interrupt() {
    Signals.send("INT", -process.pid());
    awaitEnd();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private String answer(int word) {
    if (!firstLine.startsWith("ready ")) {
      throw new AssertionError("the service has no Redis: " + firstLine);
    }
    return firstLine.split(" ")[word];
  }

  private void awaitEnd() {
    eventually("end of the service").until(() -> !process.isAlive());
  }

  private static String classPath() {
    return Stream.of(EmbeddedRedis.class, ServiceMain.class, ExecutableProvider.class)
        .map(type -> type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(location -> Path.of(location.getPath()).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
