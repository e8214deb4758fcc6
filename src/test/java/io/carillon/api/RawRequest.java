package io.carillon.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A request octet by octet, as no client library would send it. */
public final class RawRequest {

  private static final int MOST_SILENCE_MS = 20_000;

  private RawRequest() {}

  /**
   * What came back before the connection was closed.
   *
   * @param head status line and header fields
   */
  public record Answer(String head, String body) {

    public int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }

    public Optional<String> header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst();
    }
  }

  /** A request without a body, over a connection of its own. */
  public static Answer send(URI service, String method, String target, String... headers) {
    String fields = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    return exchange(
        service,
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + fields
            + "\r\n");
  }

  /**
   * @param octets each a character up to U+00FF
   */
  public static Answer exchange(URI service, String octets) {
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setSoTimeout(MOST_SILENCE_MS);
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      return end < 0
          ? new Answer(answer, "")
          : new Answer(answer.substring(0, end), answer.substring(end + 4));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
