package io.carillon.redis;

import io.carillon.Eventually;
import io.carillon.engine.twin.Ports;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A redis-server for one test class, empty before each test, and the ports on it. */
final class RedisStore implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  /**
   * As much time for a command as a test has; no age, as the clock of the test is not the one by
   * which Redis knows how old a run is.
   */
  static final RedisSettings SETTINGS =
      new RedisSettings(Eventually.BOUND, 50, Duration.ofDays(3_650), 100_000, 10_000);

  private RedisServer server;
  private Vertx vertx;
  private RedisPorts ports;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = RedisServer.start();
    vertx = Vertx.vertx();
    ports = new RedisPorts(vertx, server.uri(), SETTINGS);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    empty();
  }

  /** Forgets everything. */
  void empty() {
    ports.reset();
  }

  Ports ports() {
    return ports;
  }

  RedisLink queries() {
    return ports.queries();
  }

  /** The members of a sorted set, in its order. */
  List<String> members(String key) {
    return queries().call(Command.ZRANGE, key, "0", "-1").stream().map(Response::toString).toList();
  }

  Vertx vertx() {
    return vertx;
  }

  URI uri() {
    return server.uri();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    ports.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
    server.close();
  }
}
