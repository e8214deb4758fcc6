package io.carillon.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Lets bodies that nobody has read flow away once the answer is given. Without it a client that
 * sends all before it listens waits for ever, and so does the next request on its connection.
 */
@Singleton
class UnreadBodies {

  /** Before anything that may answer. */
  private static final int FIRST = 1_000;

  void watch(@Observes Filters filters) {
    filters.register(
        request -> {
          request.addEndHandler(ended -> discard(request.request()));
          request.next();
        },
        FIRST);
  }

  private static void discard(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.handler(unread -> {}).resume();
    }
  }
}
