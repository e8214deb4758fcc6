package io.carillon.redis.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * This process' sole right to a data directory, held until released or until the process ends.
 *
 * @param channel the open channel that carries the lock
 */
record DataDirectoryLock(FileChannel channel) {

  /**
   * Takes the lock and writes down who has it.
   *
   * @throws EmbeddedRedisException if another process holds it, naming that process
   */
  static DataDirectoryLock acquire(DataDirectory directory) {
    try {
      FileChannel channel =
          FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw inUse(directory);
      }
      Files.writeString(directory.owner(), Long.toString(ProcessHandle.current().pid()));
      return new DataDirectoryLock(channel);
    } catch (IOException e) {
      throw new EmbeddedRedisException(
          "The data directory " + directory.path() + " cannot be locked: " + e, e);
    }
  }

  void release(DataDirectory directory) {
    try {
      Files.deleteIfExists(directory.owner());
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisJvm) {
      return false;
    }
  }

  private static EmbeddedRedisException inUse(DataDirectory directory) {
    return new EmbeddedRedisException(
        "The data directory "
            + directory.path()
            + " is in use by "
            + ownerOf(directory.owner())
            + ". Stop that one, or set CARILLON_DATA_DIR to another directory.");
  }

  private static String ownerOf(Path owner) {
    try {
      String pid = Files.readString(owner).strip();
      return pid.isEmpty() ? "another process" : "process " + pid;
    } catch (IOException notWrittenYet) {
      return "another process";
    }
  }
}
