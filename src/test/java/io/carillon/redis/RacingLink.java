package io.carillon.redis;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** A link on which somebody else is faster: before each script, one of the given things happens. */
final class RacingLink extends RedisLink {

  private final Queue<Runnable> faster;

  RacingLink(Vertx vertx, URI uri, Runnable... faster) {
    super(
        vertx,
        new RedisOptions().setConnectionString(uri.toString()),
        "raced",
        RedisStore.SETTINGS.timeout());
    this.faster = new ArrayDeque<>(List.of(faster));
  }

  @Override
  Future<Response> send(Request request, Duration blocking) {
    // A script that Redis does not know is sent once more, by its text.
    if (request.command().equals(Command.EVALSHA)) {
      Optional.ofNullable(faster.poll()).ifPresent(Runnable::run);
    }
    return super.send(request, blocking);
  }
}
