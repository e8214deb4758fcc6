package io.carillon.api.event;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A stream that somebody asked for and does not read. */
final class UnreadStream implements AutoCloseable {

  private static final int SMALL = 4096;
  private static final int MOST_SILENCE_MS = (int) Eventually.BOUND.toMillis();

  private final Socket socket = new Socket();

  /** Without chunks (HTTP/1.0), so that what arrives is the stream itself. */
  static UnreadStream of(URI uri) {
    UnreadStream stream = new UnreadStream();
    try {
      stream.socket.setReceiveBufferSize(SMALL);
      stream.socket.setSoTimeout(MOST_SILENCE_MS);
      stream.socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      String request = "GET " + uri.getPath() + " HTTP/1.0\r\n\r\n";
      stream.socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return stream;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has arrived until the other side ended the connection. */
  String readToTheEnd() throws IOException {
    try (InputStream body = socket.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
