package io.carillon.webhook;

import static io.carillon.webhook.LoopbackCourier.error;
import static io.carillon.webhook.LoopbackCourier.status;
import static io.carillon.webhook.RawReceiver.firstSaying;
import static io.carillon.webhook.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.Courier.Reply.Answered;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongHeadsTest {

  private static final String UNAVAILABLE = "HTTP/1.1 503 Unavailable\r\n";
  private static final String REST = "Retry-After: 7\r\nContent-Length: 0\r\n\r\n";

  private final LoopbackCourier courier = new LoopbackCourier();

  @AfterEach
  void stop() {
    courier.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 640})
  void aHeadOf64KibibytesIsReadWhole(int fields) throws Exception {
    // Given
    int room = 64 * 1024 - UNAVAILABLE.length() - REST.length();
    try (RawReceiver verbose = firstSaying(UNAVAILABLE + fields(fields, room / fields) + REST)) {

      // When
      Reply reply = courier.deliver(aRun().to(verbose.url()));

      // Then
      assertThat(status(reply)).isEqualTo(503);
      assertThat(((Answered) reply).retryAfter()).contains(Duration.ofSeconds(7));
    }
  }

  @Test
  void aStatusMayHaveALongReason() throws Exception {
    // Given
    String reason = "x".repeat(60_000);
    try (RawReceiver verbose = firstSaying("HTTP/1.1 500 " + reason + "\r\n" + REST)) {

      // When
      Reply reply = courier.deliver(aRun().to(verbose.url()));

      // Then
      assertThat(status(reply)).isEqualTo(500);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void aStatusStandsThoughItsHeadIsTooLongAndTheConnectionIsClosed(int fields) throws Exception {
    // Given
    String tooLong = "HTTP/1.1 200 OK\r\n" + fields(fields, 200_000 / fields) + REST;
    try (RawReceiver verbose = firstSaying(tooLong)) {

      // When
      Reply first = courier.deliver(aRun().to(verbose.url()));
      Reply second = courier.deliver(aRun().to(verbose.url()));

      // Then
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(second)).isEqualTo(202);
      assertThat(verbose.requests()).isEqualTo(2);
    }
  }

  @Test
  void aStatusStandsThoughItsHeadNeverEnds() throws Exception {
    // Given
    try (RawReceiver endless =
        new RawReceiver(
            connection -> {
              connection.answer("HTTP/1.1 200 OK\r\n");
              while (true) {
                connection.say("x-again: and again\r\n");
              }
            })) {

      // When
      Reply reply = courier.deliver(aRun().to(endless.url()));

      // Then
      assertThat(status(reply)).isEqualTo(200);
      endless.awaitHungUp();
    }
  }

  @Test
  void anInterimAnswerWhoseHeadIsTooLongIsAProtocolFailure() throws Exception {
    // Given
    String interim = "HTTP/1.1 103 Early Hints\r\n" + fields(1, 100_000) + "\r\n";
    try (RawReceiver verbose = firstSaying(interim + RawReceiver.OWN)) {

      // When
      Reply reply = courier.deliver(aRun().to(verbose.url()));

      // Then
      assertThat(error(reply)).isEqualTo("protocol");
    }
  }

  /** So many fields, each of so many bytes with its line's end. */
  private static String fields(int count, int size) {
    return ("x: " + "x".repeat(size - 5) + "\r\n").repeat(count);
  }
}
