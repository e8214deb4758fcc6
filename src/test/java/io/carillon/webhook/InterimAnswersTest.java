package io.carillon.webhook;

import static io.carillon.webhook.LoopbackCourier.error;
import static io.carillon.webhook.LoopbackCourier.status;
import static io.carillon.webhook.RawReceiver.OWN;
import static io.carillon.webhook.RawReceiver.firstSaying;
import static io.carillon.webhook.RawReceiver.firstly;
import static io.carillon.webhook.RawReceiver.head;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.Courier.Reply;
import io.carillon.engine.Courier.Reply.NotSent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterimAnswersTest {

  private final LoopbackCourier courier = new LoopbackCourier();

  @AfterEach
  void stop() {
    courier.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 102, 103, 104, 199})
  void anInterimAnswerIsNoAnswer(int interim) throws Exception {
    // Given
    try (RawReceiver busy =
        new RawReceiver(
            connection -> {
              connection.answer(head(interim) + head(500));
              connection.answer(head(interim) + OWN);
              connection.staySilent();
            })) {

      // When
      Reply first = courier.deliver(aRun().to(busy.url()));
      Reply second = courier.deliver(aRun().to(busy.url()));

      // Then
      assertThat(status(first)).isEqualTo(500);
      assertThat(status(second)).isEqualTo(202);
      assertThat(busy.connections()).isEqualTo(1);
    }
  }

  @Test
  void anyNumberOfInterimAnswersMayComeInAnyPieces() throws Exception {
    // Given
    String interims =
        (head(102) + "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n").repeat(50);
    try (RawReceiver busy =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              for (String piece : (interims + OWN).split("(?<=\\G.{37})", -1)) {
                connection.say(piece);
              }
              connection.staySilent();
            })) {

      // When
      Reply reply = courier.deliver(aRun().to(busy.url()));

      // Then
      assertThat(status(reply)).isEqualTo(202);
    }
  }

  @Test
  void aFloodOfInterimAnswersIsAProtocolFailure() throws Exception {
    // Given
    try (RawReceiver flooding =
        new RawReceiver(
            connection -> {
              connection.readRequest();
              while (true) {
                connection.say(head(102));
              }
            })) {

      // When
      Reply reply = courier.deliver(aRun().to(flooding.url()));

      // Then
      assertThat(error(reply)).isEqualTo("protocol");
      flooding.awaitHungUp();
    }
  }

  @Test
  void aSwitchOfProtocolsNobodyAskedForIsNoAnswerAndCostsTheConnection() throws Exception {
    // Given
    String switched =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n";
    try (RawReceiver switching = firstSaying(switched + head(500))) {

      // When
      Reply first = courier.deliver(aRun().to(switching.url()));
      Reply second = courier.deliver(aRun().to(switching.url()));

      // Then
      assertThat(status(first)).isEqualTo(500);
      assertThat(status(second)).isEqualTo(202);
    }
  }

  @Test
  void whatASwitchedProtocolSaysIsNoHttp() throws Exception {
    // Given
    try (RawReceiver switching = firstSaying(head(101) + "\u0081\u0005hello\r\n\r\n")) {

      // When
      Reply first = courier.deliver(aRun().to(switching.url()));
      Reply second = courier.deliver(aRun().to(switching.url()));

      // Then
      assertThat(error(first)).isEqualTo("protocol");
      assertThat(status(second)).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 20"})
  void anAttemptGivenUpBehindAnInterimAnswerCostsTheConnection(String begun) throws Exception {
    // Given
    CountDownLatch said = new CountDownLatch(1);
    try (RawReceiver busy =
        firstly(
            connection -> {
              connection.answer(head(102) + begun);
              said.countDown();
            })) {
      RunBuilder run = aRun().to(busy.url());
      CompletableFuture<Reply> first = courier.begin(run);
      said.await();

      // When
      courier.cancel(run);
      Reply second = courier.deliver(run);

      // Then
      assertThat(error(first.get(Eventually.BOUND.toSeconds(), TimeUnit.SECONDS)))
          .isEqualTo("cancelled");
      assertThat(status(second)).isEqualTo(202);
      assertThat(busy.requests()).isEqualTo(2);
    }
  }

  @Test
  void aGuardsInterimAnswerIsNotItsLast() throws Exception {
    // Given
    try (RawReceiver guard = firstSaying(head(102) + head(403))) {

      // When
      Reply reply = courier.deliver(aRun().guardedBy(guard.url()).to(guard.url()));

      // Then
      assertThat(reply).isInstanceOf(NotSent.class);
      assertThat(guard.requests()).isEqualTo(1);
    }
  }
}
