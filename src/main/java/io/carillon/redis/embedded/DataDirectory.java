package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The data directory and the names in it.
 *
 * @param path its real path, so that one directory has one name however it was reached
 * @param redis Redis' own directory, its working directory and that of its watcher; real, too
 */
record DataDirectory(Path path, Path redis) {

  /**
   * Makes the directory ready for use.
   *
   * @throws EmbeddedRedisException if it cannot be created or written
   */
  static DataDirectory open(Path configured) {
    try {
      Files.createDirectories(configured);
      Path path = configured.toRealPath();
      Path redis = privateDirectory(path.resolve("redis")).toRealPath();
      if (Files.isWritable(path) && Files.isWritable(redis)) {
        return new DataDirectory(path, redis);
      }
      throw unusable(configured, "this user may not write there", null);
    } catch (IOException e) {
      throw unusable(configured, e.toString(), e);
    }
  }

  /** Locked by the owner, never read: see the package's description. */
  Path lock() {
    return path.resolve("carillon.lock");
  }

  /** Holds the owner's process id. */
  Path owner() {
    return path.resolve("carillon.pid");
  }

  Path redisPid() {
    return path.resolve("redis.pid");
  }

  Path redisRecord() {
    return path.resolve("redis.properties");
  }

  Path redisLog() {
    return path.resolve("redis.log");
  }

  Path previousRedisLog() {
    return path.resolve("redis.log.1");
  }

  Path watcherPid() {
    return path.resolve("redis-watcher.pid");
  }

  Path binaries() {
    return path.resolve("bin");
  }

  /** Definitions hold secrets of receivers, so nobody else may read them. */
  private static Path privateDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory);
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
    }
    return directory;
  }

  private static EmbeddedRedisException unusable(Path configured, String reason, Exception cause) {
    return new EmbeddedRedisException(
        "The data directory "
            + configured.toAbsolutePath().normalize()
            + " cannot be used: "
            + reason
            + ". Make it writable, or set CARILLON_DATA_DIR to another directory.",
        cause);
  }
}
