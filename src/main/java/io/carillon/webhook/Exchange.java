package io.carillon.webhook;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Guard;
import io.carillon.job.Reason;
import io.carillon.job.Target;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One attempt under way, from the wish for a connection to the last byte of the answer. Everything
 * but {@link #reply} happens on one event loop; what is heard after the reply changes nothing.
 */
final class Exchange {

  private static final CharSequence RETRY_AFTER = "retry-after";
  private static final CharSequence NO_RETRY = "carillon-no-retry";
  private static final CharSequence COMPLETE_URL = "carillon-complete-url";

  private final Wire wire;
  private final TakenRun run;
  private final URI url;
  private final String method;
  private final long limit;
  private final long begun = System.nanoTime();
  private final CompletableFuture<Reply> reply = new CompletableFuture<>();

  private Context context;
  private long timer;
  private Connection connection;
  private HttpClientRequest request;
  private boolean sent;
  private HttpClientResponse response;
  private long bodyLength;

  private Exchange(Wire wire, TakenRun run, URI url, String method, Duration limit) {
    this.wire = wire;
    this.run = run;
    this.url = url;
    this.method = method;
    this.limit = limit.toMillis();
  }

  static Exchange withTarget(Wire wire, TakenRun run) {
    Target target = run.definition().target();
    return new Exchange(wire, run, target.url(), target.method(), target.timeout());
  }

  static Exchange withGuard(Wire wire, TakenRun run, Guard guard) {
    return new Exchange(wire, run, guard.url(), "POST", guard.timeout());
  }

  CompletionStage<Reply> reply() {
    return reply;
  }

  void begin() {
    context = wire.vertx().getOrCreateContext();
    timer = wire.vertx().setTimer(limit, ignored -> timeUp());
    connect();
  }

  private void connect() {
    if (reply.isDone()) {
      return;
    }
    try {
      RequestOptions wish =
          Address.of(url)
              .request()
              .setMethod(HttpMethod.valueOf(method))
              // Who has given up must not stand in the waiting line.
              .setConnectTimeout(Math.max(1, limit - took().toMillis()));
      wire.client().request(wish).onComplete(this::connected);
    } catch (RuntimeException e) {
      failed(Reason.UNSENDABLE);
    }
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (result.succeeded()) {
      request = result.result();
      request.exceptionHandler(this::broken);
      connection = Connection.of(request.connection());
      if (connection.isKept()) {
        // Since its last answer it may have been closed, or have got what nobody asked for.
        connection.afterReading(() -> context.runOnContext(ignored -> ready()));
      } else {
        ready();
      }
    } else if (result.cause() instanceof HttpClosedException) {
      // A kept connection was gone before it could be had.
      context.runOnContext(ignored -> connect());
    } else if (!reply.isDone()) {
      failed(Failure.of(result.cause()));
    }
  }

  private void ready() {
    if (reply.isDone()) {
      request.reset();
      return;
    }
    if (!connection.isUsable()) {
      request.reset();
      connection.drop();
      connect();
      return;
    }
    if (took().toMillis() >= limit) {
      // This process was frozen on the way here; somebody else may be at it by now.
      timeUp();
      return;
    }
    try {
      send();
    } catch (RuntimeException e) {
      failed(Reason.UNSENDABLE);
      request.reset();
    }
  }

  private void send() {
    Message message = Message.of(run, Math.floorDiv(wire.clock().millis(), 1000L));
    message.writeHeaders(request.headers(), wire.userAgent());
    run.reportToken()
        .ifPresent(token -> request.putHeader(COMPLETE_URL, wire.completeUrl(run.id(), token)));
    sent = true;
    message.bytes().map(request::send).orElseGet(request::send).onComplete(this::answered);
  }

  private void answered(AsyncResult<HttpClientResponse> head) {
    if (head.failed()) {
      broken(head.cause());
      return;
    }
    response = head.result();
    response.exceptionHandler(this::broken);
    response.handler(this::read);
    response.endHandler(ignored -> ended());
  }

  private void read(Buffer chunk) {
    bodyLength += chunk.length();
    if (bodyLength > wire.maxAnswerBody()) {
      ended();
      drop();
    }
  }

  /** Drops the connection; what the receiver makes of it is its own affair. */
  void cancel() {
    giveUp(Reason.CANCELLED);
  }

  private void timeUp() {
    giveUp(Reason.TIMEOUT);
  }

  /** An exchange that is over has no connection any more: another exchange may have it. */
  private void giveUp(Reason why) {
    if (!reply.isDone()) {
      failed(why);
      if (sent) {
        drop();
      }
    }
  }

  private void drop() {
    request.reset();
    connection.drop();
  }

  /** What breaks before anything was sent is seen, and replaced, when it would be used. */
  private void broken(Throwable cause) {
    if (sent && !reply.isDone()) {
      failed(Failure.of(cause));
    }
  }

  /** Once there is a status, it stands. */
  private void failed(Reason failure) {
    if (response != null) {
      ended();
    } else {
      complete(new Reply.Unanswered(took(), failure.word()));
    }
  }

  private void ended() {
    Optional<Duration> retryAfter =
        Optional.ofNullable(response.getHeader(RETRY_AFTER))
            .flatMap(field -> RetryAfter.read(field, wire.clock()));
    boolean noRetry = "1".equals(response.getHeader(NO_RETRY));
    complete(new Reply.Answered(took(), response.statusCode(), retryAfter, noRetry));
  }

  private void complete(Reply outcome) {
    wire.vertx().cancelTimer(timer);
    reply.complete(outcome);
  }

  private Duration took() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
