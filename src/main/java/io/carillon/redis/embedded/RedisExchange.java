package io.carillon.redis.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One question to a Redis on this machine, in the inline form of its protocol. Enough to recognise
 * a server before there is a client.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">RESP 2</a>
 */
final class RedisExchange {

  private static final int TIMEOUT_MILLIS = 1_000;

  /** More than any answer asked for here; what is longer comes from no Redis. */
  private static final int LONGEST = 64 * 1024;

  private RedisExchange() {}

  /**
   * Sends a command and returns its answer, a list of one for all answers but arrays.
   *
   * @throws IOException if nothing answers within a second, or no Redis does, or an error comes
   */
  static List<String> ask(int port, String command) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return reply(new BufferedInputStream(socket.getInputStream()));
    } catch (NumberFormatException e) {
      throw new IOException("no Redis answers on port " + port, e);
    }
  }

  private static List<String> reply(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> List.of(rest);
      case '$' -> List.of(bulk(in, Integer.parseInt(rest)));
      case '*' -> array(in, Integer.parseInt(rest));
      default -> throw new IOException("unexpected answer: " + line);
    };
  }

  private static List<String> array(InputStream in, int length) throws IOException {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.addAll(reply(in));
    }
    return elements;
  }

  private static String bulk(InputStream in, int length) throws IOException {
    if (length < 0 || length > LONGEST) {
      throw new IOException("unexpected length of an answer: " + length);
    }
    byte[] content = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(content, StandardCharsets.UTF_8);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.length() == LONGEST) {
        throw new EOFException("no whole line in the answer");
      }
      line.append((char) b);
    }
    if (line.length() < 2) {
      throw new IOException("empty answer");
    }
    return line.substring(0, line.length() - 1);
  }
}
