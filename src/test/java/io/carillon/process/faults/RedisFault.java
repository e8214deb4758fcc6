package io.carillon.process.faults;

import io.carillon.process.faults.Promise.Repeats;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Something happens to Redis, and nothing it had acknowledged is gone afterwards, or little. */
enum RedisFault implements Fault {
  KILL(
      "kill -9, started after 1 s",
      cluster -> away(cluster, RedisServer::kill),
      Repeats.WHAT_WAS_UNDER_WAY),
  RESTART(
      "SHUTDOWN, started after 1 s",
      cluster -> away(cluster, RedisServer::stop),
      Repeats.WHAT_WAS_UNDER_WAY),
  SCRIPT_FLUSH("SCRIPT FLUSH", cluster -> cluster.console().ask("SCRIPT FLUSH"), Repeats.NOTHING),
  CLIENT_KILL(
      "CLIENT KILL of all",
      cluster -> {
        cluster.console().ask("CLIENT KILL TYPE normal");
        cluster.console().ask("CLIENT KILL TYPE pubsub");
      },
      Repeats.WHAT_WAS_UNDER_WAY);

  /** For how long Redis is gone. */
  private static final Duration AWAY = Duration.ofSeconds(1);

  private static final Duration BACK_AFTER = Duration.ofSeconds(5);

  /** With {@code appendfsync everysec} a write may wait so long for an fsync that is under way. */
  static final Duration WRITTEN_WITHIN = Duration.ofSeconds(2);

  private final String words;
  private final Consumer<Cluster> doing;
  private final Repeats repeats;

  RedisFault(String words, Consumer<Cluster> doing, Repeats repeats) {
    this.words = words;
    this.doing = doing;
    this.repeats = repeats;
  }

  private static void away(Cluster cluster, Consumer<RedisServer> end) {
    end.accept(cluster.redis());
    cluster.goOnFor(AWAY);
    cluster.redis().restart();
  }

  /** What is promised of every fault of Redis. */
  static Promise promise(Repeats repeats) {
    return new Promise(AWAY.plus(BACK_AFTER), BACK_AFTER, repeats);
  }

  @Override
  public String what() {
    return words;
  }

  @Override
  public String victim() {
    return "Redis";
  }

  @Override
  public Promise promise() {
    return promise(repeats);
  }

  @Override
  public Duration undone() {
    return this == KILL ? WRITTEN_WITHIN : Duration.ZERO;
  }

  @Override
  public Strike strike(Cluster cluster, Observation observation) {
    Instant struck = Instant.now();
    doing.accept(cluster);
    Instant back = Instant.now();
    cluster.goOnFor(AWAY);
    return new Strike(struck, back, Optional.empty());
  }

  @Override
  public String toString() {
    return what() + " of " + victim();
  }
}
