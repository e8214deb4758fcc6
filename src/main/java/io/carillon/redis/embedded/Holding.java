package io.carillon.redis.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** All that this JVM holds of one data directory. */
record Holding(
    DataDirectory directory, DataDirectoryLock lock, Watcher watcher, RunningRedis redis) {

  /** Ends Redis, then gives the directory free. */
  void release(Duration stopWithin) {
    redis.stop(directory, stopWithin);
    watcher.dismiss();
    try {
      for (Path file :
          List.of(directory.redisPid(), directory.redisRecord(), directory.watcherPid())) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.release(directory);
    }
  }
}
