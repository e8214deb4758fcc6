package io.carillon.redis;

import io.carillon.engine.twin.Ports;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A redis-server for one test class, empty before each test, and the ports on it. */
final class RedisStore implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private RedisServer server;
  private Vertx vertx;
  private RedisPorts ports;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = RedisServer.start();
    vertx = Vertx.vertx();
    ports = new RedisPorts(vertx, server.uri(), RedisSettings.DEFAULT);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    ports.reset();
  }

  Ports ports() {
    return ports;
  }

  RedisLink queries() {
    return ports.queries();
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
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    server.close();
  }
}
