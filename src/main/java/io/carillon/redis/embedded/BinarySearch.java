package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a redis-server that runs here: the embedded one, else one on the PATH. The embedded one
 * cannot run where its libraries are missing (Alpine, systems without OpenSSL 3) or where the data
 * directory is mounted without the right to execute.
 */
final class BinarySearch {

  private final BinarySource embedded;
  private final SearchPath searchPath;

  BinarySearch(BinarySource embedded, SearchPath searchPath) {
    this.embedded = embedded;
    this.searchPath = searchPath;
  }

  /**
   * The first that runs and can read the data of the directory.
   *
   * @throws EmbeddedRedisException if there is none, with each one's reason and the remedy
   */
  RedisBinary find(DataDirectory directory) {
    RedisVersion oldest = oldestFor(directory);
    List<String> reasons = new ArrayList<>();
    for (Path candidate : candidates(directory, reasons)) {
      BinaryCheck check = BinaryCheck.of(candidate, oldest);
      if (check instanceof BinaryCheck.Usable usable) {
        return usable.binary();
      }
      if (check instanceof BinaryCheck.Unusable unusable) {
        reasons.add(candidate + " " + unusable.reason());
      }
    }
    throw nothingFound(reasons, oldest);
  }

  private List<Path> candidates(DataDirectory directory, List<String> reasons) {
    List<Path> candidates = new ArrayList<>();
    try {
      candidates.add(embedded.provide(directory.binaries()));
    } catch (IOException e) {
      reasons.add("the embedded redis-server cannot be had: " + e.getMessage());
    }
    searchPath.all("redis-server").forEach(candidates::add);
    return candidates;
  }

  /** An older Redis would overlook the newer form of the file and start as if it had no data. */
  private static RedisVersion oldestFor(DataDirectory directory) {
    return Files.isDirectory(directory.redis().resolve("appendonlydir"))
        ? RedisVersion.FIRST_WITH_PARTS
        : RedisVersion.OLDEST_USABLE;
  }

  private static EmbeddedRedisException nothingFound(List<String> reasons, RedisVersion oldest) {
    return new EmbeddedRedisException(
        "No Redis can be started here ("
            + String.join("; ", reasons)
            + "). Install redis-server "
            + oldest
            + " or newer (Debian and Ubuntu: apt-get install redis-server; Alpine: apk add redis),"
            + " or set QUARKUS_REDIS_HOSTS to a Redis of your own.");
  }
}
