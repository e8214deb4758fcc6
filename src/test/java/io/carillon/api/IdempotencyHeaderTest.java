package io.carillon.api;

import static io.carillon.api.Http.deleteAll;
import static io.carillon.api.Http.job;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each line byte by byte, since clients send none that are malformed. */
@QuarkusTest
class IdempotencyHeaderTest {

  private static final String HEADER = "Idempotency-Key:";

  @TestHTTPResource URI service;

  @AfterEach
  void leaveNothing() {
    deleteAll();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEADER,
        HEADER + " ",
        HEADER + " \t ",
        HEADER + " \"\"",
        HEADER + " \"",
        HEADER + " \"a",
        HEADER + " a\"",
        HEADER + " a b",
        HEADER + " a\tb",
        HEADER + " a\\b",
        HEADER + " a\u0001",
        HEADER + " \u001fa",
        HEADER + " a\u007f",
        HEADER + " \u00e4",
        HEADER + " a\r\n" + HEADER + " a",
        HEADER + " a\r\n" + HEADER,
        HEADER + "\r\n" + HEADER + " a"
      })
  void aKeyThatCannotBeReadIsRefusedAndNothingIsMade(String lines) throws IOException {
    // When
    String answer = create(lines);

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ");
    assertThat(jobs()).isZero();
  }

  @Test
  void aKeyThatIsTooLongIsRefused() throws IOException {
    // When
    String answer = create(HEADER + ' ' + "x".repeat(256));

    // Then
    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("invalid-parameter", "Idempotency-Key");
    assertThat(jobs()).isZero();
  }

  @Test
  void theSameKeyIsReadWithQuotesAndWithout() throws IOException {
    // Given
    String key = "k".repeat(220) + System.nanoTime();
    String first = create(HEADER + key);

    // When
    String again = create(HEADER + " \t\"" + key + "\" ");

    // Then
    assertThat(first).startsWith("HTTP/1.1 201 ");
    assertThat(again)
        .startsWith("HTTP/1.1 201 ")
        .containsIgnoringCase("idempotency-replayed: true");
    assertThat(jobs()).isOne();
  }

  private String create(String lines) throws IOException {
    String body = job().replace('\'', '"');
    String request =
        "POST /v1/jobs HTTP/1.1\r\nHost: carillon\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: %d\r\n%s\r\n\r\n%s"
                .formatted(body.length(), lines, body);
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static int jobs() {
    return given().queryParam("tag", Http.TAG).get("/v1/jobs").path("jobs.size()");
  }
}
