package io.carillon.redis.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How the embedded Redis is run.
 *
 * @param dataDirectory where it keeps its data; created if absent, readable by its owner only
 * @param searchPath where {@code redis-server}, {@code setsid} and {@code perl} are looked for
 * @param readyWithin how long it may take until it answers, reading its data included; positive
 * @param stopWithin how long it may take to end when asked, before it is ended by force; positive
 */
public record EmbeddedRedisSettings(
    Path dataDirectory, SearchPath searchPath, Duration readyWithin, Duration stopWithin) {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException if a duration is not positive
   */
  public EmbeddedRedisSettings {
    Objects.requireNonNull(dataDirectory, "dataDirectory");
    Objects.requireNonNull(searchPath, "searchPath");
    requirePositive(readyWithin, "readyWithin");
    requirePositive(stopWithin, "stopWithin");
  }

  /** Data in {@code dataDirectory}, the PATH of this process, 60 s to start and 10 s to stop. */
  public static EmbeddedRedisSettings in(Path dataDirectory) {
    return new EmbeddedRedisSettings(
        dataDirectory, SearchPath.ofEnvironment(), READY_WITHIN, STOP_WITHIN);
  }

  private static void requirePositive(Duration duration, String name) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive: " + duration);
    }
  }
}
