package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks for a Redis that an earlier JVM left behind in the directory, whose lock the caller holds.
 */
final class OrphanAdoption {

  private static final System.Logger LOG = System.getLogger(OrphanAdoption.class.getName());

  /** The watcher's own grace and some: once it has begun, it ends Redis and then itself. */
  private static final Duration WATCHER_DONE_WITHIN = Watcher.GRACE.plusSeconds(5);

  private final DataDirectory directory;
  private final Duration answersWithin;

  OrphanAdoption(DataDirectory directory, Duration answersWithin) {
    this.directory = directory;
    this.answersWithin = answersWithin;
  }

  /**
   * The orphan, once it answers; empty if there is none, or it is ended meanwhile.
   *
   * @throws EmbeddedRedisException if a process works in the directory and does not answer as the
   *     recorded Redis; nobody else can tell what it is about to write
   */
  Optional<RunningRedis> find() {
    if (!BoundedWait.until(WATCHER_DONE_WITHIN, this::isUnwatched)) {
      LOG.log(System.Logger.Level.WARNING, "Watcher of an earlier start does not end, going on");
    }
    try {
      Optional<RedisRecord> record = RedisRecord.read(directory);
      BoundedWait.until(
          answersWithin, () -> isGone() || record.flatMap(this::answering).isPresent());
      Optional<RunningRedis> orphan = record.flatMap(this::answering).map(this::adopt);
      if (orphan.isEmpty() && !isGone()) {
        throw stranger();
      }
      return orphan;
    } catch (IOException e) {
      throw new EmbeddedRedisException("What an earlier start left cannot be read: " + e, e);
    }
  }

  private boolean isUnwatched() {
    return ProcessInDirectory.of(directory.watcherPid(), directory.redis()).isEmpty();
  }

  private boolean isGone() {
    return ProcessInDirectory.of(directory.redisPid(), directory.redis()).isEmpty();
  }

  /** The recorded Redis, if it answers where it should, as what it should be. */
  private Optional<RunningRedis> answering(RedisRecord record) {
    return RedisIdentity.at(record.port())
        .filter(identity -> identity.is(record, directory))
        .flatMap(
            identity ->
                ProcessHandle.of(identity.pid())
                    .map(
                        process ->
                            new RunningRedis(
                                process,
                                record.port(),
                                identity.version(),
                                RunningRedis.Origin.ADOPTED)));
  }

  /** From here on the new watcher finds it by the file. */
  private RunningRedis adopt(RunningRedis orphan) {
    try {
      Files.writeString(directory.redisPid(), Long.toString(orphan.process().pid()));
      return orphan;
    } catch (IOException e) {
      throw new EmbeddedRedisException("The orphan's process id cannot be written", e);
    }
  }

  private EmbeddedRedisException stranger() {
    String pid =
        ProcessInDirectory.of(directory.redisPid(), directory.redis())
            .map(process -> Long.toString(process.pid()))
            .orElse("unknown");
    return new EmbeddedRedisException(
        "A Redis of an earlier start, process "
            + pid
            + ", still works in "
            + directory.redis()
            + " and does not answer. End it (kill "
            + pid
            + "), then start again.");
  }
}
