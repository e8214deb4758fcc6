package io.carillon.api.event;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Turns responses into streams of events. */
@Singleton
final class EventStreams {

  private final EventHub hub;

  EventStreams(EventHub hub) {
    this.hub = hub;
  }

  /**
   * Begins a stream.
   *
   * @return its end
   * @throws io.carillon.engine.StoreUnavailable before anything is written
   */
  Uni<Void> begin(EventFilter filter, Optional<String> after, RoutingContext request) {
    HttpServerResponse response = request.response();
    ResponseOutlet outlet = new ResponseOutlet(response);
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.SERVER_SENT_EVENTS)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // For nginx, which otherwise collects what it should pass on.
        .putHeader("X-Accel-Buffering", "no");
    if (request.request().method() == HttpMethod.HEAD) {
      outlet.end();
    } else {
      Runnable leave = hub.open(filter, after, outlet);
      request.addEndHandler(
          any -> {
            leave.run();
            outlet.end();
          });
    }
    return Uni.createFrom().completionStage(outlet.ended());
  }
}
