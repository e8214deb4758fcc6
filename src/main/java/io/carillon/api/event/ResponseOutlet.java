package io.carillon.api.event;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A response that goes on and on. Its own thread is the event loop of its connection. */
final class ResponseOutlet implements Outlet {

  private final HttpServerResponse response;
  private final Context context;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** To be made while the request is handled. */
  ResponseOutlet(HttpServerResponse response) {
    this.response = response;
    this.context = Vertx.currentContext();
  }

  /** Completes when nothing more is written, for whatever reason. */
  CompletionStage<Void> ended() {
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

  @Override
  public void write(Buffer frames) {
    response.write(frames);
  }

  @Override
  public void end() {
    if (!response.ended() && !response.closed()) {
      response.end();
    }
    ended.complete(null);
  }

  @Override
  public void cut() {
    response.reset();
    ended.complete(null);
  }
}
