package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedisServerTest {

  @Test
  void answersOnLoopbackAndEndsWithItsProcess() throws IOException {
    // Given
    RedisServer server = RedisServer.start();

    // When
    String reply = ask(server, "PING");
    server.close();

    // Then
    assertThat(reply).isEqualTo("+PONG");
    assertThat(server.uri()).hasPort(server.port()).hasHost("127.0.0.1");
    assertThat(ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void keepsItsDataAndPortOverAKillWhenAppendOnly() throws IOException {
    try (RedisServer server = RedisServer.startAppendOnly("--appendfsync", "always")) {
      // Given
      int port = server.port();
      long pid = server.pid();
      ask(server, "SET bell rings");

      // When
      server.kill();
      server.restart();

      // Then
      assertThat(ask(server, "STRLEN bell")).isEqualTo(":5");
      assertThat(server.port()).isEqualTo(port);
      assertThat(server.pid()).isNotEqualTo(pid);
    }
  }

  @Test
  void forgetsOverAStopWhenInMemory() throws IOException {
    try (RedisServer server = RedisServer.start()) {
      // Given
      ask(server, "SET bell rings");

      // When
      server.stop();
      server.restart();

      // Then
      assertThat(ask(server, "STRLEN bell")).isEqualTo(":0");
    }
  }

  @Test
  void isSilentWhileFrozenAndAnswersAfterwards() throws IOException {
    try (RedisServer server = RedisServer.start();
        Socket socket = new Socket("127.0.0.1", server.port())) {
      // Given
      socket.setSoTimeout(200);

      // When
      server.freeze();
      String whileFrozen = exchange(socket, "PING");
      server.thaw();
      socket.setSoTimeout((int) Eventually.BOUND.toMillis());
      String afterwards = firstLine(socket);

      // Then
      assertThat(whileFrozen).isEqualTo("timed out");
      assertThat(afterwards).isEqualTo("+PONG");
    }
  }

  private static String ask(RedisServer server, String command) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout((int) Eventually.BOUND.toMillis());
      return exchange(socket, command);
    }
  }

  private static String exchange(Socket socket, String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    try {
      return firstLine(socket);
    } catch (SocketTimeoutException e) {
      return "timed out";
    }
  }

  private static String firstLine(Socket socket) throws IOException {
    return new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
        .readLine();
  }
}
