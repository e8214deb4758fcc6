package io.carillon.process.faults;

import static io.carillon.Eventually.eventually;
import static org.awaitility.Awaitility.await;

import io.carillon.Eventually;
import io.carillon.process.ServiceProcess;
import io.carillon.redis.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Three replicas and their Redis. */
final class Cluster implements AutoCloseable {

  static final Duration LEASE_TTL = Duration.ofSeconds(3);

  private static final int REPLICAS = 3;

  private final RedisServer redis = RedisServer.startAppendOnly("--appendfsync", "everysec");
  private final List<Replica> replicas;

  /** Starts them from a package, and waits until all are ready and one leads. */
  Cluster(Path jar) {
    replicas = Stream.generate(() -> new Replica(jar, redis.port())).limit(REPLICAS).toList();
    try {
      replicas.stream().map(Replica::process).forEach(ServiceProcess::awaitReady);
      leader();
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  RedisServer redis() {
    return redis;
  }

  RedisConsole console() {
    return new RedisConsole(redis.port());
  }

  List<Replica> replicas() {
    return replicas;
  }

  /** Waits for a running replica to lead, and no other one. */
  Replica leader() {
    eventually("a replica leads").ignoreExceptions().until(() -> leaders().size() == 1);
    return leaders().get(0);
  }

  Replica replica(Role role) {
    Replica leader = leader();
    return role == Role.LEADER
        ? leader
        : running().filter(replica -> replica != leader).findFirst().orElseThrow();
  }

  /** Any replica that answers. */
  Replica anyRunning() {
    return running().findFirst().orElseThrow();
  }

  /** Starts what has ended, and waits until all are ready. */
  void heal() {
    replicas.stream().filter(replica -> !replica.isRunning()).forEach(Replica::begin);
    replicas.stream().map(Replica::process).forEach(ServiceProcess::awaitReady);
  }

  /** Lets it go on as it is for so long. */
  void goOnFor(Duration time) {
    await().pollDelay(time).atMost(time.plus(Eventually.BOUND)).until(() -> true);
  }

  private List<Replica> leaders() {
    return running().filter(Replica::leads).toList();
  }

  private Stream<Replica> running() {
    return replicas.stream().filter(Replica::isRunning);
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    redis.close();
  }
}
