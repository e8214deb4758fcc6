package io.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.Courier.Reply;
import io.carillon.engine.Courier.Reply.Answered;
import io.carillon.engine.Courier.Reply.Unanswered;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A courier with one connection a receiver, and an event loop of its own that can be held up. It
 * finds this machine under the name of {@link #CONTAINER}.
 */
final class LoopbackCourier implements AutoCloseable {

  private static final CourierSettings ONE_CONNECTION =
      new CourierSettings(Duration.ofSeconds(3), 1, 10, Duration.ofSeconds(25), 65_536, 65_536);

  static final String CONTAINER = "billing_api";

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .setHostsValue(Buffer.buffer("127.0.0.1 " + CONTAINER))));
  private final WebhookCourier courier =
      new WebhookCourier(
          vertx, ONE_CONNECTION, "test", InstantSource.system(), () -> URI.create("http://here"));

  CompletableFuture<Reply> begin(RunBuilder run) {
    return courier.deliver(run.taken()).toCompletableFuture();
  }

  Reply deliver(RunBuilder run) throws Exception {
    return begin(run).get(Eventually.BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  void cancel(RunBuilder run) {
    courier.cancel(run.taken().id());
  }

  /** Holds the event loop until a latch opens. */
  void holdUntil(CountDownLatch latch) throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    vertx
        .getOrCreateContext()
        .runOnContext(
            ignored -> {
              held.countDown();
              try {
                latch.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    held.await();
  }

  static int status(Reply reply) {
    assertThat(reply).isInstanceOf(Answered.class);
    return ((Answered) reply).status();
  }

  static String error(Reply reply) {
    assertThat(reply).isInstanceOf(Unanswered.class);
    return ((Unanswered) reply).error();
  }

  @Override
  public void close() {
    courier.close();
    vertx.close();
  }
}
