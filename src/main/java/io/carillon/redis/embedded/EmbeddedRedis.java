package io.carillon.redis.embedded;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The Redis that the service runs for itself. It ends when this JVM ends, in whatever way, with
 * nothing to be called; {@link #close} ends it sooner. In one JVM there is one for a data
 * directory: a further start, from a reloaded class too, returns the one that runs, and closing any
 * of them ends it for all. Safe for use by several threads.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private final Holding holding;
  private final Duration stopWithin;

  EmbeddedRedis(Holding holding, Duration stopWithin) {
    this.holding = holding;
    this.stopWithin = stopWithin;
  }

  /**
   * Returns a Redis that answers, with the data that the directory held.
   *
   * @throws EmbeddedRedisException if the directory is in use by another process or cannot be
   *     written, if no redis-server runs here, or if Redis does not answer in time
   */
  public static EmbeddedRedis start(EmbeddedRedisSettings settings) {
    return new EmbeddedRedisStart(
            settings, new EmbeddedBinary(), new FreePort(ThreadLocalRandom.current()))
        .run();
  }

  /** {@code redis://127.0.0.1:<port>}. */
  public URI uri() {
    return URI.create("redis://127.0.0.1:" + holding.redis().port());
  }

  /** The process id of redis-server. */
  public long pid() {
    return holding.redis().process().pid();
  }

  /** One line for the log: what runs, where, since when, and what becomes of it. */
  public String description() {
    RunningRedis redis = holding.redis();
    return "Embedded Redis %s %s on 127.0.0.1:%d as process %d, append-only file in %s; %s"
        .formatted(
            redis.version(),
            redis.origin() == RunningRedis.Origin.ADOPTED
                ? "of an earlier start goes on"
                : "started",
            redis.port(),
            pid(),
            holding.directory().redis(),
            "it ends with this service. Set QUARKUS_REDIS_HOSTS to use your own.");
  }

  /** Ends Redis, its data written, and gives the data directory free; once is enough. */
  @Override
  public void close() {
    synchronized (JvmHoldings.MONITOR) {
      if (JvmHoldings.of(holding.directory()).filter(this::isThisOne).isPresent()) {
        JvmHoldings.forget(holding.directory());
        holding.release(stopWithin);
      }
    }
  }

  private boolean isThisOne(Holding held) {
    return held.redis().process().equals(holding.redis().process());
  }
}
