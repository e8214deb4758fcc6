package io.carillon.webhook;

import static io.carillon.Eventually.eventually;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.Courier.Reply;
import io.carillon.engine.Courier.Reply.Answered;
import io.carillon.engine.Courier.Reply.Unanswered;
import io.carillon.engine.RunLedger.TakenRun;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MisbehavingReceiverTest {

  private static final Duration SOON = Duration.ofMillis(300);
  private static final Vertx VERTX = Vertx.vertx();

  private final WebhookCourier courier = courier(Eventually.BOUND);

  /** For what is about the time that connecting may take. */
  private final WebhookCourier hasty = courier(SOON);

  private static WebhookCourier courier(Duration connectTimeout) {
    CourierSettings narrow =
        new CourierSettings(connectTimeout, 2, 3, Duration.ofSeconds(25), 64 * 1024, 64 * 1024);
    return new WebhookCourier(
        VERTX, narrow, "test", InstantSource.system(), () -> URI.create("http://here"));
  }

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void silenceEndsAtTheTimeLimitAndCostsTheConnection() throws Exception {
    // Given
    try (RawReceiver silent = new RawReceiver(RawReceiver.Conversation::staySilent)) {

      // When
      Reply reply = deliver(aRun().to(silent.url()).within("PT0.2S").taken());

      // Then
      assertThat(reply).isInstanceOf(Unanswered.class);
      assertThat(((Unanswered) reply).error()).isEqualTo("timeout");
      assertThat(reply.took()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
      eventually().until(() -> silent.openConnections() == 0);
    }
  }

  @Test
  void aStatusStandsThoughItsBodyDribblesBeyondTheTimeLimit() throws Exception {
    // Given
    try (RawReceiver dribbling =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                connection.say("1\r\nx\r\n");
                Thread.sleep(20); // From chunk to chunk.
              }
            })) {

      // When
      Reply reply = deliver(aRun().to(dribbling.url()).within("PT0.3S").taken());

      // Then
      assertThat(answered(reply).status()).isEqualTo(202);
      assertThat(reply.took()).isGreaterThanOrEqualTo(Duration.ofMillis(300));
      eventually().until(() -> dribbling.openConnections() == 0);
    }
  }

  @Test
  void aStatusStandsThoughItsBodyIsHugeAndTheRestIsNotRead() throws Exception {
    // Given
    long size = 10_000_000_000L;
    List<Long> written = new CopyOnWriteArrayList<>();
    String chunk = "x".repeat(10_000);
    try (RawReceiver talkative =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say("HTTP/1.1 500 Oops\r\nContent-Length: " + size + "\r\n\r\n");
              for (long sent = 0; sent < size; sent += chunk.length()) {
                connection.say(chunk);
                written.add(sent);
              }
            })) {

      // When
      Reply reply = deliver(aRun().to(talkative.url()).taken());

      // Then
      assertThat(answered(reply).status()).isEqualTo(500);
      eventually().until(() -> talkative.openConnections() == 0);
      assertThat(written.size() * (long) chunk.length()).isLessThan(size);
    }
  }

  @Test
  void aConnectionThatBreaksBeforeTheAnswerIsAReset() throws Exception {
    // Given
    try (RawReceiver slamming =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.slam();
            })) {

      // When
      Reply reply = deliver(aRun().to(slamming.url()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("reset");
      assertThat(slamming.requests()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatBreaksWithinTheHeadIsAReset() throws Exception {
    // Given
    try (RawReceiver halting =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say("HTTP/1.1 200 OK\r\nContent-Le");
            })) {

      // When
      Reply reply = deliver(aRun().to(halting.url()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("reset");
    }
  }

  @Test
  void aStatusStandsThoughTheConnectionBreaksWithinTheBody() throws Exception {
    // Given
    try (RawReceiver halting =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
            })) {

      // When
      Reply reply = deliver(aRun().to(halting.url()).taken());

      // Then
      assertThat(answered(reply).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsNotHttpIsAProtocolFailure() throws Exception {
    // Given
    try (RawReceiver babbling =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say("220 mail.example ESMTP at your service\r\n\r\n");
              connection.staySilent();
            })) {

      // When
      Reply reply = deliver(aRun().to(babbling.url()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("protocol");
    }
  }

  @Test
  void aRefusedConnectionIsAConnectFailure() throws Exception {
    // Given
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }

    // When
    Reply reply = deliver(aRun().to("http://127.0.0.1:" + closedPort + "/").taken());

    // Then
    assertThat(unanswered(reply).error()).isEqualTo("connect");
  }

  @Test
  void aConnectionThatIsNeverAcceptedIsAConnectFailureLongBeforeTheTimeLimit() throws Exception {
    // Given
    List<Socket> fillers = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      fillTheBacklog(full, fillers);

      // When
      Reply reply = deliver(hasty, aRun().to("http://127.0.0.1:" + full.getLocalPort()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("connect");
      assertThat(reply.took()).isGreaterThanOrEqualTo(Duration.ofMillis(290));
    } finally {
      for (Socket filler : fillers) {
        filler.close();
      }
    }
  }

  @Test
  void aPlainReceiverAskedForTlsIsATlsFailure() throws Exception {
    // Given
    try (RawReceiver plain =
        new RawReceiver(
            connection -> {
              connection.say("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
              connection.staySilent();
            })) {

      // When
      Reply reply = deliver(aRun().to("https://127.0.0.1:" + plain.port() + "/").taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("tls");
    }
  }

  @Test
  void aReceiverThatNeverShakesHandsIsATlsFailure() throws Exception {
    // Given
    try (RawReceiver silent = new RawReceiver(RawReceiver.Conversation::staySilent)) {

      // When
      Reply reply = deliver(hasty, aRun().to("https://127.0.0.1:" + silent.port() + "/").taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("tls");
    }
  }

  @Test
  void oneConnectionCarriesMessageAfterMessage() throws Exception {
    // Given
    try (RawReceiver polite = new RawReceiver(MisbehavingReceiverTest::answerAll)) {

      // When
      for (int i = 0; i < 20; i++) {
        deliver(aRun().to(polite.url()).taken());
      }

      // Then
      assertThat(polite.requests()).isEqualTo(20);
      assertThat(polite.connections()).isEqualTo(1);
    }
  }

  @Test
  void aKeptConnectionClosedOnOurRequestIsAResetAndTheRequestIsNotRepeatedInSecret()
      throws Exception {
    // Given
    try (RawReceiver fickle =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              connection.say(RawReceiver.OK);
              connection.readRequest();
            })) {
      deliver(aRun().to(fickle.url()).taken());

      // When
      Reply reply = deliver(aRun().to(fickle.url()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("reset");
      assertThat(fickle.requests()).isEqualTo(2);
      assertThat(fickle.connections()).isEqualTo(1);
    }
  }

  @Test
  void aReceiverThatHangsDoesNotHoldUpAnother() throws Exception {
    // Given
    try (RawReceiver hanging = new RawReceiver(RawReceiver.Conversation::staySilent);
        RawReceiver quick = new RawReceiver(MisbehavingReceiverTest::answerAll)) {
      List<CompletableFuture<Reply>> stuck =
          IntStream.range(0, 3).mapToObj(i -> begin(aRun().to(hanging.url()).taken())).toList();

      // When
      Reply reply = deliver(aRun().to(quick.url()).taken());

      // Then
      assertThat(answered(reply).status()).isEqualTo(200);
      assertThat(stuck).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void aLineThatIsFullTurnsTheNextOneAway() throws Exception {
    // Given
    try (RawReceiver hanging = new RawReceiver(RawReceiver.Conversation::staySilent)) {
      occupyBothConnections(hanging);
      List<CompletableFuture<Reply>> waiting =
          IntStream.range(0, 3).mapToObj(i -> begin(aRun().to(hanging.url()).taken())).toList();

      // When
      Reply reply = deliver(aRun().to(hanging.url()).taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("queue-full");
      assertThat(waiting).noneMatch(CompletableFuture::isDone);
    }
  }

  @Test
  void whoeverGivesUpLeavesTheLine() throws Exception {
    // Given
    try (RawReceiver hanging = new RawReceiver(RawReceiver.Conversation::staySilent)) {
      occupyBothConnections(hanging);
      List<CompletableFuture<Reply>> waiting =
          IntStream.range(0, 3)
              .mapToObj(i -> begin(aRun().to(hanging.url()).within("PT0.2S").taken()))
              .toList();
      for (CompletableFuture<Reply> one : waiting) {
        assertThat(unanswered(one.get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS)).error())
            .isEqualTo("timeout");
      }

      // When
      Reply reply = deliver(aRun().to(hanging.url()).within("PT0.2S").taken());

      // Then
      assertThat(unanswered(reply).error()).isEqualTo("timeout");
    }
  }

  @Test
  void aTargetOfWhichNoRequestCanBeMadeIsUnsendableAndHoldsNoConnection() throws Exception {
    // Given
    try (RawReceiver polite = new RawReceiver(MisbehavingReceiverTest::answerAll)) {
      TakenRun split = aRun().to(polite.url()).withHeader("x-a", "b\r\nx-c: d").taken();
      for (int i = 0; i < 3; i++) {
        assertThat(unanswered(deliver(split)).error()).isEqualTo("unsendable");
      }

      // When
      Reply reply = deliver(aRun().to(polite.url()).taken());

      // Then
      assertThat(answered(reply).status()).isEqualTo(200);
      assertThat(polite.requests()).isEqualTo(1);
    }
  }

  private void occupyBothConnections(RawReceiver receiver) {
    begin(aRun().to(receiver.url()).taken());
    begin(aRun().to(receiver.url()).taken());
    eventually().until(() -> receiver.openConnections() == 2);
  }

  /** Linux answers no more handshakes once the line of those not yet accepted is full. */
  private static void fillTheBacklog(ServerSocket server, List<Socket> fillers) {
    eventually("the line is full")
        .until(
            () -> {
              Socket filler = new Socket();
              try {
                filler.connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()), 200);
                fillers.add(filler);
                return false;
              } catch (IOException hanging) {
                filler.close();
                return true;
              }
            });
  }

  private static void answerAll(RawReceiver.Conversation connection) throws IOException {
    while (connection.readRequest()) {
      connection.say(RawReceiver.OK);
    }
  }

  private CompletableFuture<Reply> begin(TakenRun run) {
    return courier.deliver(run).toCompletableFuture();
  }

  private Reply deliver(TakenRun run) throws Exception {
    return deliver(courier, run);
  }

  private static Reply deliver(WebhookCourier by, TakenRun run) throws Exception {
    return by.deliver(run)
        .toCompletableFuture()
        .get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Answered answered(Reply reply) {
    assertThat(reply).isInstanceOf(Answered.class);
    return (Answered) reply;
  }

  private static Unanswered unanswered(Reply reply) {
    assertThat(reply).isInstanceOf(Unanswered.class);
    return (Unanswered) reply;
  }
}
