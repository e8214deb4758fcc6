package io.carillon.webhook;

import io.carillon.engine.Courier;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Guard;
import io.carillon.job.Reason;
import io.carillon.job.RunId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Carries webhooks over HTTP. What follows on a reply runs on an event loop unless it says
 * otherwise, so it must not block.
 */
public final class WebhookCourier implements Courier, AutoCloseable {

  private final Context eventLoop;
  private final Wire wire;
  private final Map<RunId, Exchange> underWay = new ConcurrentHashMap<>();

  /**
   * @param version of Carillon, for {@code user-agent}
   * @param clock gives the timestamps of messages and the distance to a {@code Retry-After} date
   * @param publicUrl where receivers reach this service, without a slash at its end
   */
  public WebhookCourier(
      Vertx vertx,
      CourierSettings settings,
      String version,
      InstantSource clock,
      Supplier<URI> publicUrl) {
    this.eventLoop = vertx.getOrCreateContext();
    this.wire =
        new Wire(
            vertx,
            client(vertx, settings),
            clock,
            HttpHeaders.createOptimized("carillon/" + version),
            settings.maxAnswerBody(),
            publicUrl);
  }

  @Override
  public CompletionStage<Reply> deliver(TakenRun run) {
    Optional<Guard> guard = run.isFirstAttempt() ? run.definition().guard() : Optional.empty();
    return guard
        .map(asked -> deliverPast(asked, run))
        .orElseGet(() -> carryOut(run, Exchange.withTarget(wire, run)));
  }

  private CompletionStage<Reply> deliverPast(Guard guard, TakenRun run) {
    return carryOut(run, Exchange.withGuard(wire, run, guard))
        .thenCompose(
            answer ->
                letsThrough(answer)
                    ? carryOut(run, Exchange.withTarget(wire, run))
                    : CompletableFuture.completedStage(
                        new Reply.NotSent(answer.took(), Reason.GUARD.word())));
  }

  private static boolean letsThrough(Reply answer) {
    return answer instanceof Reply.Answered answered && answered.status() / 100 == 2;
  }

  private CompletionStage<Reply> carryOut(TakenRun run, Exchange exchange) {
    underWay.put(run.id(), exchange);
    eventLoop.runOnContext(ignored -> exchange.begin());
    return exchange.reply().whenComplete((reply, never) -> underWay.remove(run.id(), exchange));
  }

  @Override
  public void cancel(RunId run) {
    Exchange exchange = underWay.get(run);
    if (exchange != null) {
      eventLoop.runOnContext(ignored -> exchange.cancel());
    }
  }

  /** Closes all connections; exchanges under way end as {@code reset}. */
  @Override
  public void close() {
    wire.client().close();
  }

  private static HttpClient client(Vertx vertx, CourierSettings settings) {
    return vertx
        .httpClientBuilder()
        .with(options(settings))
        .with(pool(settings))
        .withConnectHandler(connection -> welcome(connection, settings))
        .build();
  }

  private static void welcome(HttpConnection made, CourierSettings settings) {
    Connection.takeOver(made, settings.maxAnswerHead());
    // What breaks under an exchange is told by the exchange; without an ear Vert.x logs it as an
    // error of ours, stack trace and all.
    made.exceptionHandler(ignored -> {});
  }

  private static HttpClientOptions options(CourierSettings settings) {
    return new HttpClientOptions()
        .setProtocolVersion(HttpVersion.HTTP_1_1)
        .setConnectTimeout((int) settings.connectTimeout().toMillis())
        .setSslHandshakeTimeout(settings.connectTimeout().toMillis())
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setKeepAlive(true)
        .setKeepAliveTimeout((int) settings.keepAlive().toSeconds())
        .setPipelining(false)
        .setDecompressionSupported(false)
        .setTcpNoDelay(true);
  }

  private static PoolOptions pool(CourierSettings settings) {
    return new PoolOptions()
        .setHttp1MaxSize(settings.connectionsPerHost())
        .setMaxWaitQueueSize(settings.maxWaiting());
  }
}
