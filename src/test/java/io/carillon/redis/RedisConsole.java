package io.carillon.redis;

import io.carillon.Eventually;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Says one command to a Redis, a Sentinel or a node of a cluster, over a connection of its own, as
 * an operator does.
 */
final class RedisConsole {

  private static final int TIMEOUT_MS = (int) Eventually.BOUND.toMillis();

  private RedisConsole() {}

  /**
   * The reply as text: that of an array line by line, nothing for none.
   *
   * @throws IllegalStateException when the reply is an error
   */
  static String ask(int port, String... words) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(written(words).getBytes(StandardCharsets.UTF_8));
      return read(new DataInputStream(new BufferedInputStream(socket.getInputStream())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String written(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int bytes = word.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
    }
    return command.toString();
  }

  private static String read(DataInputStream in) throws IOException {
    char type = (char) in.readUnsignedByte();
    String line = line(in);
    return switch (type) {
      case '+', ':' -> line;
      case '$' -> bulk(in, Integer.parseInt(line));
      case '*' -> array(in, Integer.parseInt(line));
      default -> throw new IllegalStateException("Redis answers: " + line);
    };
  }

  private static String bulk(DataInputStream in, int length) throws IOException {
    if (length < 0) {
      return "";
    }
    byte[] bytes = in.readNBytes(length);
    line(in);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String array(DataInputStream in, int size) throws IOException {
    List<String> items = new ArrayList<>();
    for (int item = 0; item < size; item++) {
      items.add(read(in));
    }
    return String.join("\n", items);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
