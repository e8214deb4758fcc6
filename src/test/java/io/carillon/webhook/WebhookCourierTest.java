package io.carillon.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.carillon.Eventually;
import io.carillon.engine.Courier.Reply;
import io.carillon.engine.Courier.Reply.Answered;
import io.carillon.engine.Courier.Reply.Unanswered;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookCourierTest {

  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00.999Z");
  private static final String RUN_ID = "billing-nightly_mi8z3kq0_1796115600000";
  private static final Vertx VERTX = Vertx.vertx();

  @RegisterExtension
  static final WireMockExtension RECEIVER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().bindAddress("127.0.0.1").dynamicPort().dynamicHttpsPort())
          .build();

  private final WebhookCourier courier = courier(VERTX);

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 302, 404, 410, 429, 500, 503})
  void theStatusIsTold(int status) throws Exception {
    // Given
    answer(aResponse().withStatus(status));

    // When
    Answered reply = answered(aRun());

    // Then
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.retryAfter()).isEmpty();
    assertThat(reply.noRetry()).isFalse();
  }

  @Test
  void theHeadersNameTheRunAndItsAttempt() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(aRun().onAttempt(3));

    // Then
    LoggedRequest request = received();
    assertThat(request.getMethod().value()).isEqualTo("POST");
    assertThat(request.getHeader("webhook-id")).isEqualTo(RUN_ID);
    assertThat(request.getHeader("webhook-timestamp"))
        .isEqualTo(Long.toString(NOW.getEpochSecond()));
    assertThat(request.getHeader("carillon-job-id")).isEqualTo("billing-nightly");
    assertThat(request.getHeader("carillon-scheduled-at")).isEqualTo("2026-12-01T09:00:00.000Z");
    assertThat(request.getHeader("carillon-attempt")).isEqualTo("3");
    assertThat(request.getHeader("carillon-trigger")).isEqualTo("schedule");
    assertThat(request.getHeader("user-agent")).isEqualTo("carillon/1.2.3");
    assertThat(request.getHeader("content-type")).isEqualTo("application/json");
    assertThat(request.containsHeader("webhook-signature")).isFalse();
  }

  @Test
  void theBodyTellsOfTheRun() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(
        aRun()
            .ofJobNamed("Nightly \"billing\" für\nalle")
            .byHandWith("{\"a\":[1,\"ä\"]}")
            .onAttempt(2));

    // Then
    assertThat(json(received()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"type":"run","timestamp":"2026-12-01T09:00:00.003Z","data":{
                      "jobId":"billing-nightly","jobName":"Nightly \\"billing\\" für\\nalle",
                      "runId":"%s","scheduledAt":"2026-12-01T09:00:00.000Z","attempt":2,
                      "trigger":"manual","payload":{"a":[1,"ä"]}}}
                    """
                        .formatted(RUN_ID)));
  }

  @Test
  void theBodyLeavesOutWhatTheJobHasNot() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(aRun());

    // Then
    assertThat(json(received()).get("data").fieldNames())
        .toIterable()
        .containsExactly("jobId", "runId", "scheduledAt", "attempt", "trigger");
  }

  @Test
  void aGivenBodyIsSentAsItIs() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(aRun().saying("grüß dich", "text/plain; charset=utf-8"));

    // Then
    LoggedRequest request = received();
    assertThat(request.getBody()).isEqualTo("grüß dich".getBytes(StandardCharsets.UTF_8));
    assertThat(request.getHeader("content-type"))
        .isEqualToIgnoringCase("text/plain; charset=utf-8");
  }

  @Test
  void aJobsHeadersReplaceTheContentTypeAndTheUserAgent() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(
        aRun()
            .withHeader("Content-Type", "application/cloudevents+json")
            .withHeader("User-Agent", "ours")
            .withHeader("X-Tenant", "a"));

    // Then
    LoggedRequest request = received();
    assertThat(request.header("content-type").values())
        .containsExactly("application/cloudevents+json");
    assertThat(request.header("user-agent").values()).containsExactly("ours");
    assertThat(request.header("x-tenant").values()).containsExactly("a");
  }

  @Test
  void aJobsHeadersReplaceNoneOfCarillonsAndNoFraming() throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(
        aRun()
            .withHeader("Webhook-Id", "forged")
            .withHeader("Webhook-Signature", "v1,forged")
            .withHeader("Carillon-Attempt", "99")
            .withHeader("Content-Length", "1")
            .withHeader("Transfer-Encoding", "chunked")
            .withHeader("Connection", "close"));

    // Then
    LoggedRequest request = received();
    assertThat(request.header("webhook-id").values()).containsExactly(RUN_ID);
    assertThat(request.header("carillon-attempt").values()).containsExactly("1");
    assertThat(request.containsHeader("webhook-signature")).isFalse();
    assertThat(request.containsHeader("transfer-encoding")).isFalse();
    assertThat(request.containsHeader("connection")).isFalse();
    assertThat(request.getHeader("content-length"))
        .isEqualTo(Integer.toString(request.getBody().length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS"})
  void aMethodThatCarriesNothingGoesWithoutCarillonsBody(String method) throws Exception {
    // Given
    answer(aResponse().withStatus(200));

    // When
    Answered reply = answered(aRun().by(method));

    // Then
    LoggedRequest request = received();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(request.getMethod().value()).isEqualTo(method);
    assertThat(request.getBody()).isEmpty();
    assertThat(request.containsHeader("content-type")).isFalse();
    assertThat(request.getHeader("webhook-id")).isEqualTo(RUN_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
  void aGivenBodyGoesWithAnyMethod(String method) throws Exception {
    // Given
    answer(aResponse());

    // When
    answered(aRun().by(method).saying("{}", "application/json"));

    // Then
    assertThat(received().getBodyAsString()).isEqualTo("{}");
  }

  @Test
  void aSecretSignsTheBytesThatAreSent() throws Exception {
    // Given
    byte[] key = "a key of four-and-twenty".getBytes(StandardCharsets.UTF_8);
    answer(aResponse());

    // When
    answered(
        aRun()
            .saying("grüß dich", "text/plain")
            .signedWith("whsec_" + Base64.getEncoder().encodeToString(key)));

    // Then
    LoggedRequest request = received();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((RUN_ID + '.' + NOW.getEpochSecond() + '.').getBytes(StandardCharsets.UTF_8));
    assertThat(request.getHeader("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.getBody())));
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    // Given
    RECEIVER.stubFor(
        any(urlPathEqualTo("/hook"))
            .willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));
    RECEIVER.stubFor(any(urlPathEqualTo("/elsewhere")).willReturn(aResponse().withStatus(200)));

    // When
    Answered reply = answered(aRun().by("GET"));

    // Then
    assertThat(reply.status()).isEqualTo(302);
    assertThat(received().getUrl()).isEqualTo("/hook?a=b%20c");
  }

  @Test
  void cookiesAreNotKept() throws Exception {
    // Given
    answer(aResponse().withHeader("Set-Cookie", "who=me; Path=/"));
    answered(aRun());
    RECEIVER.resetRequests();

    // When
    answered(aRun());

    // Then
    assertThat(received().containsHeader("cookie")).isFalse();
  }

  @Test
  void aReceiversWishesAreTold() throws Exception {
    // Given
    answer(
        aResponse()
            .withStatus(503)
            .withHeader("Retry-After", "120")
            .withHeader("Carillon-No-Retry", "1"));

    // When
    Answered reply = answered(aRun());

    // Then
    assertThat(reply.retryAfter()).contains(Duration.ofMinutes(2));
    assertThat(reply.noRetry()).isTrue();
  }

  /** As a process does that is stopped for a while: its connection is there before its timer is. */
  @Test
  void whoWasFrozenBeyondTheTimeoutSendsNothing() throws Exception {
    // Given
    answer(aResponse());
    answered(aRun());
    RECEIVER.resetRequests();
    Vertx oneLoop = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    WebhookCourier freezing = courier(oneLoop);
    CountDownLatch frozen = new CountDownLatch(1);
    CompletableFuture<Void> thawed = new CompletableFuture<>();
    oneLoop
        .getOrCreateContext()
        .runOnContext(
            ignored -> {
              frozen.countDown();
              thawed.join();
            });
    frozen.await();

    // When
    CompletionStage<Reply> reply = freezing.deliver(toReceiver(aRun().within("PT2S")).taken());
    thawed.completeOnTimeout(null, 3, TimeUnit.SECONDS);

    // Then
    assertThat(awaited(reply))
        .isInstanceOfSatisfying(
            Unanswered.class, unanswered -> assertThat(unanswered.error()).isEqualTo("timeout"));
    freezing.close();
    awaited(oneLoop.close().toCompletionStage());
    assertThat(RECEIVER.findAll(anyRequestedFor(anyUrl()))).isEmpty();
  }

  @Test
  void aCertificateNobodyVouchesForIsATlsFailure() throws Exception {
    // Given
    answer(aResponse());

    // When
    Reply reply = deliver(aRun().to("https://127.0.0.1:" + RECEIVER.getHttpsPort() + "/hook"));

    // Then
    assertThat(reply).isInstanceOf(Unanswered.class);
    assertThat(((Unanswered) reply).error()).isEqualTo("tls");
    assertThat(RECEIVER.getAllServeEvents()).isEmpty();
  }

  private static WebhookCourier courier(Vertx vertx) {
    return new WebhookCourier(
        vertx,
        CourierSettings.DEFAULT,
        "1.2.3",
        InstantSource.fixed(NOW),
        () -> URI.create("http://here"));
  }

  private static void answer(ResponseDefinitionBuilder answer) {
    RECEIVER.stubFor(any(anyUrl()).willReturn(answer));
  }

  private Answered answered(RunBuilder run) throws Exception {
    Reply reply = deliver(toReceiver(run));
    assertThat(reply).isInstanceOf(Answered.class);
    return (Answered) reply;
  }

  private static RunBuilder toReceiver(RunBuilder run) {
    return run.to("http://127.0.0.1:" + RECEIVER.getPort() + "/hook?a=b%20c");
  }

  private Reply deliver(RunBuilder run) throws Exception {
    return awaited(courier.deliver(run.taken()));
  }

  private static <T> T awaited(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static LoggedRequest received() {
    List<LoggedRequest> requests = RECEIVER.findAll(anyRequestedFor(anyUrl()));
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  private static JsonNode json(LoggedRequest request) throws Exception {
    return new ObjectMapper().readTree(request.getBody());
  }
}
