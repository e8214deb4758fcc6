package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds a process by the id in a file, and only if it works in the expected directory: a process id
 * alone may by now belong to somebody else. The working directory is asked of {@code /proc}, which
 * knows none for a zombie, so that one counts as gone. Systems without {@code /proc} give no more
 * than whether the process lives.
 */
final class ProcessInDirectory {

  private static final Path PROC = Path.of("/proc");

  private ProcessInDirectory() {}

  static Optional<ProcessHandle> of(Path pidFile, Path directory) {
    return pidIn(pidFile).flatMap(ProcessHandle::of).filter(process -> lives(process, directory));
  }

  static boolean lives(ProcessHandle process, Path directory) {
    return process.isAlive() && worksIn(process.pid(), directory);
  }

  private static boolean worksIn(long pid, Path directory) {
    if (!Files.exists(PROC.resolve("self"))) {
      return true;
    }
    try {
      Path workingDirectory = PROC.resolve(Long.toString(pid)).resolve("cwd");
      return Files.readSymbolicLink(workingDirectory).equals(directory);
    } catch (IOException goneOrSomebodyElses) {
      return false;
    }
  }

  private static Optional<Long> pidIn(Path pidFile) {
    try {
      return Optional.of(Long.valueOf(Files.readString(pidFile).strip()));
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }
}
