package io.carillon.process.faults;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks Redis as an operator does, a connection for each question. */
final class RedisConsole {

  private static final int PATIENCE_MS = (int) Eventually.BOUND.toMillis();

  private final int port;

  /**
   * @param port on loopback
   */
  RedisConsole(int port) {
    this.port = port;
  }

  /**
   * Sends one line.
   *
   * @return the reply as Redis writes it
   */
  String ask(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MS);
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      String replies =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (replies.startsWith("-")) {
        throw new IllegalStateException(command + " was answered " + replies);
      }
      return replies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
