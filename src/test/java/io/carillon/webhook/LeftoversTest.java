package io.carillon.webhook;

import static io.carillon.webhook.LoopbackCourier.status;
import static io.carillon.webhook.RawReceiver.OK;
import static io.carillon.webhook.RawReceiver.firstSaying;
import static io.carillon.webhook.RawReceiver.firstly;
import static io.carillon.webhook.RawReceiver.head;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.Courier.Reply;
import io.carillon.webhook.RawReceiver.Conversation;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Receivers that say more than their answer. The first connection of each does, all others answer
 * 202: whatever else the second run gets was not meant for it.
 */
class LeftoversTest {

  private final LoopbackCourier courier = new LoopbackCourier();

  @AfterEach
  void stop() {
    courier.close();
  }

  static Stream<Arguments> leftovers() {
    String body = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    String chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    String noBody = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    return Stream.of(
        Arguments.of("POST", body, head(500)),
        Arguments.of("POST", body, "HTTP/1.1 500 Half of"),
        Arguments.of("POST", body, "ay"),
        Arguments.of("POST", body, "\r\n"),
        Arguments.of("POST", OK, head(102)),
        Arguments.of("POST", chunks, "0\r\n\r\n"),
        Arguments.of("POST", "HTTP/1.1 204 No Content\r\n\r\n", "{\"ok\":true}"),
        Arguments.of("GET", "HTTP/1.1 304 Not Modified\r\n\r\n", head(500)),
        Arguments.of("HEAD", noBody, "ok"),
        Arguments.of("HEAD", head(102) + noBody, "HTTP/1.1 500 Half of"));
  }

  @ParameterizedTest
  @MethodSource("leftovers")
  void whatFollowsAnAnswerCostsTheConnectionAndNotTheNextRun(
      String method, String answer, String leftover) throws Exception {
    // Given
    try (RawReceiver talkative = firstSaying(answer + leftover)) {
      RunBuilder run = aRun().by(method).to(talkative.url());

      // When
      Reply first = courier.deliver(run);
      Reply second = courier.deliver(run);

      // Then
      assertThat(status(first)).isIn(200, 204, 304);
      assertThat(status(second)).isEqualTo(202);
      assertThat(talkative.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("leftovers")
  void whatFollowsAnAnswerIsNotForTheRunThatWaitsForTheConnection(
      String method, String answer, String leftover) throws Exception {
    // Given
    try (RawReceiver talkative = firstSaying(answer + leftover)) {
      RunBuilder run = aRun().by(method).to(talkative.url());

      // When
      CompletableFuture<Reply> first = courier.begin(run);
      CompletableFuture<Reply> second = courier.begin(run);

      // Then
      assertThat(status(first.get(Eventually.BOUND.toSeconds(), TimeUnit.SECONDS)))
          .isIn(200, 204, 304);
      assertThat(status(second.get(Eventually.BOUND.toSeconds(), TimeUnit.SECONDS))).isEqualTo(202);
    }
  }

  @Test
  void anAnswerWithTwoEndsCostsTheConnection() throws Exception {
    // Given
    try (RawReceiver undecided =
        firstSaying(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\n")) {

      // When
      Reply first = courier.deliver(aRun().to(undecided.url()));
      Reply second = courier.deliver(aRun().to(undecided.url()));

      // Then
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(second)).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 500 Late\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 5", "\r\n"})
  void whatComesLateCostsTheConnection(String late) throws Exception {
    // Given
    CountDownLatch told = new CountDownLatch(1);
    try (RawReceiver slow = firstly(connection -> sayOnceTold(connection, told, late))) {
      Reply first = courier.deliver(aRun().to(slow.url()));

      // When
      told.countDown();

      // Then
      slow.awaitHungUp();
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(courier.deliver(aRun().to(slow.url())))).isEqualTo(202);
    }
  }

  /** As when a request and what came meanwhile meet in a loop that has other things to do. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 500 Late\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 5", ""})
  void whatIsThereUnreadCostsTheConnectionBeforeItIsUsed(String late) throws Exception {
    // Given
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch said = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (RawReceiver slow =
        firstly(
            connection -> {
              sayOnceTold(connection, told, late);
              if (late.isEmpty()) {
                connection.hangUp();
              }
              said.countDown();
            })) {
      courier.deliver(aRun().to(slow.url()));
      courier.holdUntil(released);
      told.countDown();
      said.await();

      // When
      CompletableFuture<Reply> second = courier.begin(aRun().to(slow.url()));
      released.countDown();

      // Then
      assertThat(status(second.get(Eventually.BOUND.toSeconds(), TimeUnit.SECONDS))).isEqualTo(202);
      assertThat(slow.requests()).isEqualTo(2);
    }
  }

  @Test
  void anAnswerThatEndsWithItsConnectionLeavesNothingToUse() throws Exception {
    // Given
    try (RawReceiver closing =
        firstly(
            connection -> {
              connection.answer("HTTP/1.1 200 OK\r\n\r\nuntil the end");
              connection.hangUp();
            })) {

      // When
      Reply first = courier.deliver(aRun().to(closing.url()));
      Reply second = courier.deliver(aRun().to(closing.url()));

      // Then
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(second)).isEqualTo(202);
      assertThat(closing.requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 5", "no"})
  void whatAGuardSaysBesidesIsNotItsTargetsAnswer(String leftover) throws Exception {
    // Given
    try (RawReceiver guard = firstSaying("HTTP/1.1 204 Go\r\n\r\n" + leftover)) {

      // When
      Reply reply = courier.deliver(aRun().guardedBy(guard.url()).to(guard.url()));

      // Then
      assertThat(status(reply)).isEqualTo(202);
      assertThat(guard.requests()).isEqualTo(2);
    }
  }

  private static void sayOnceTold(Conversation connection, CountDownLatch told, String late)
      throws IOException, InterruptedException {
    connection.answer(OK);
    told.await();
    connection.say(late);
  }
}
