package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The answer to whether a file is a redis-server that runs on this system. */
sealed interface BinaryCheck {

  /** It runs and is new enough. */
  record Usable(RedisBinary binary) implements BinaryCheck {}

  /** It cannot be used; the reason reads on after the name of the file. */
  record Unusable(String reason) implements BinaryCheck {}

  /** Generous, since the machine may be busy; a wrong file mostly fails at once. */
  Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

  /**
   * Runs {@code <path> --version}, which also finds out whether its libraries are there.
   *
   * @param oldest the oldest version that will do
   */
  static BinaryCheck of(Path path, RedisVersion oldest) {
    try {
      Process process =
          new ProcessBuilder(path.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      if (!process.waitFor(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return new Unusable("does not answer --version");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.exitValue() == 0
          ? ofVersion(path, output, oldest)
          : new Unusable("ends with status " + process.exitValue() + ": " + output);
    } catch (IOException e) {
      return new Unusable("cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      throw BoundedWait.interrupted(e);
    }
  }

  private static BinaryCheck ofVersion(Path path, String output, RedisVersion oldest) {
    return RedisVersion.printedIn(output)
        .<BinaryCheck>map(
            version ->
                version.isBefore(oldest)
                    ? new Unusable("is version " + version + ", older than " + oldest)
                    : new Usable(new RedisBinary(path, version)))
        .orElseGet(() -> new Unusable("is no redis-server: " + output));
  }
}
