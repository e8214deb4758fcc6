package io.carillon.api.event;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
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
  Uni<Response> begin(EventFilter filter, Optional<String> after, RoutingContext request) {
    if (request.request().method() == HttpMethod.HEAD) {
      Response.ResponseBuilder head = Response.ok();
      ResponseOutlet.HEADERS.forEach(head::header);
      return Uni.createFrom().item(head.build());
    }
    ResponseOutlet outlet = new ResponseOutlet(request.response());
    Runnable leave = hub.open(filter, after, outlet);
    return Uni.createFrom().completionStage(outlet.ended()).onTermination().invoke(leave);
  }
}
