package io.carillon.redis;

import static io.carillon.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A primary, a replica of it, and three Sentinels that make the replica the primary some seconds
 * after the primary fell silent. Each is a process of its own.
 */
public final class RedisSentinels implements AutoCloseable {

  private static final String NAME = "carillon";

  /** So long that no process is taken for dead that is only slow. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final RedisServer primary = RedisServer.startAppendOnly();
  private final RedisServer replica =
      RedisServer.startAppendOnly("--replicaof", "127.0.0.1", Integer.toString(primary.port()));
  private final List<RedisServer> sentinels;

  public RedisSentinels() {
    List<String> lines =
        List.of(
            "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 2",
            "sentinel down-after-milliseconds " + NAME + " " + SILENCE.toMillis(),
            "sentinel failover-timeout " + NAME + " 5000");
    sentinels = IntStream.range(0, 3).mapToObj(one -> RedisServer.startSentinel(lines)).toList();
    eventually("the Sentinels know each other and the replica")
        .until(() -> sentinels.stream().allMatch(RedisSentinels::knowsAll));
  }

  private static boolean knowsAll(RedisServer sentinel) {
    return sentinel.ask("INFO", "sentinel").contains("status=ok")
        && sentinel.ask("INFO", "sentinel").contains("slaves=1,sentinels=3");
  }

  /** The Sentinels, as {@code QUARKUS_REDIS_HOSTS} names them. */
  public String hosts() {
    return sentinels.stream()
        .map(sentinel -> sentinel.uri().toString())
        .collect(Collectors.joining(","));
  }

  /** What the Sentinels call this primary and its replica together. */
  public String name() {
    return NAME;
  }

  /** Kills what has been the primary from the start, and the Sentinel that clients ask first. */
  public void killPrimary() {
    sentinels.get(0).kill();
    primary.kill();
  }

  /** Whether the other process has become the primary. */
  public boolean hasFailedOver() {
    return replica.ask("ROLE").startsWith("master");
  }

  @Override
  public void close() {
    sentinels.forEach(RedisServer::close);
    replica.close();
    primary.close();
  }
}
