package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Starts redis-server and waits until it answers, on another port should one be snatched away. */
final class RedisLaunch {

  private static final int PORTS_TRIED = 5;

  /** Writes its process id down, then becomes Redis: so the id is there before any data is. */
  private static final String BECOME_REDIS = "echo $$ > \"$1\" && shift && exec \"$@\"";

  private final DataDirectory directory;
  private final RedisLog log;
  private final OwnSession session;
  private final IntSupplier ports;
  private final Duration readyWithin;

  RedisLaunch(
      DataDirectory directory, OwnSession session, IntSupplier ports, Duration readyWithin) {
    this.directory = directory;
    this.log = new RedisLog(directory.redisLog(), directory.previousRedisLog());
    this.session = session;
    this.ports = ports;
    this.readyWithin = readyWithin;
  }

  /**
   * Starts the binary.
   *
   * @throws EmbeddedRedisException if it ends or does not answer in time, with the end of its log
   */
  RunningRedis start(RedisBinary binary) {
    try {
      for (int attempt = 1; attempt <= PORTS_TRIED; attempt++) {
        Optional<RunningRedis> running = startOn(ports.getAsInt(), binary);
        if (running.isPresent()) {
          return running.get();
        }
      }
      throw failed("found each of " + PORTS_TRIED + " ports taken");
    } catch (IOException e) {
      throw new EmbeddedRedisException("The embedded Redis cannot be started: " + e, e);
    }
  }

  /** Empty if the port was taken. */
  private Optional<RunningRedis> startOn(int port, RedisBinary binary) throws IOException {
    RedisRecord record = RedisRecord.drawFor(port);
    record.write(directory);
    log.turn();
    Process process = process(binary.path(), record);
    try {
      return outcome(process, record, binary);
    } catch (RuntimeException | IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private Optional<RunningRedis> outcome(Process process, RedisRecord record, RedisBinary binary)
      throws IOException {
    if (!BoundedWait.until(readyWithin, () -> !process.isAlive() || answers(record))) {
      throw failed("does not answer within " + readyWithin);
    }
    if (process.isAlive()) {
      String version = binary.version().toString();
      return Optional.of(
          new RunningRedis(
              process.toHandle(), record.port(), version, RunningRedis.Origin.STARTED));
    }
    if (log.tellsOfATakenPort()) {
      return Optional.empty();
    }
    throw failed("ends at once, with status " + process.exitValue());
  }

  private Process process(Path binary, RedisRecord record) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", BECOME_REDIS, "carillon-redis"));
    command.add(directory.redisPid().toString());
    command.add(binary.toString());
    command.addAll(RedisOptions.of(record));
    return new ProcessBuilder(session.of(command))
        .directory(directory.redis().toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.redisLog().toFile()))
        .start();
  }

  /** Whether this very Redis answers: on a port that was snatched away another one might. */
  private boolean answers(RedisRecord record) {
    try {
      return RedisIdentity.at(record.port()).filter(it -> it.is(record, directory)).isPresent()
          && RedisExchange.ask(record.port(), "PING").equals(List.of("PONG"));
    } catch (IOException loading) {
      return false;
    }
  }

  private EmbeddedRedisException failed(String how) throws IOException {
    return new EmbeddedRedisException(
        "The embedded Redis " + how + ". The end of " + log.file() + ":\n" + log.end());
  }
}
