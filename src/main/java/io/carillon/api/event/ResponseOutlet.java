package io.carillon.api.event;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A response that goes on and on. Its own thread is the event loop of its connection. */
final class ResponseOutlet implements Outlet {

  static final Map<String, String> HEADERS =
      Map.of(
          HttpHeaders.CONTENT_TYPE,
          MediaType.SERVER_SENT_EVENTS,
          HttpHeaders.CACHE_CONTROL,
          "no-store",
          // For nginx, which otherwise collects what it should pass on.
          "X-Accel-Buffering",
          "no");

  private final HttpServerResponse response;
  private final Context context;
  private final CompletableFuture<Response> ended = new CompletableFuture<>();

  /** To be made while the request is handled. */
  ResponseOutlet(HttpServerResponse response) {
    this.response = response;
    this.context = Vertx.currentContext();
  }

  /** Completes, without a value, when the service does not want to write any more. */
  CompletionStage<Response> ended() {
    return ended;
  }

  @Override
  public void run(Runnable task) {
    context.runOnContext(any -> task.run());
  }

  @Override
  public boolean isFull() {
    return response.closed() || response.writeQueueFull();
  }

  @Override
  public void whenRoom(Runnable task) {
    if (!response.closed()) {
      response.drainHandler(
          any -> {
            response.drainHandler(null);
            task.run();
          });
    }
  }

  /** The head is left open until now: a stream that cannot begin is answered in another way. */
  @Override
  public void write(Buffer frames) {
    if (!response.headWritten()) {
      HEADERS.forEach(response::putHeader);
      response.setChunked(true);
    }
    response.write(frames);
  }

  @Override
  public void end() {
    response.end().onComplete(any -> ended.complete(null));
  }

  @Override
  public void cut() {
    response.reset();
    ended.complete(null);
  }
}
