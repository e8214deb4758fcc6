package io.carillon.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Finds the process of the Redis in use. */
final class RedisPid {

  private RedisPid() {}

  /** Of the Redis that the service runs itself. */
  static long ofEmbedded(Path dataDirectory) throws IOException {
    return Long.parseLong(Files.readString(dataDirectory.resolve("redis.pid")).strip());
  }

  /** Of a Redis on this machine, asked without a password; empty for another one. */
  static OptionalLong at(URI redis) throws IOException {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(redis.getHost(), redis.getPort());
      if (!address.getAddress().isLoopbackAddress()) {
        return OptionalLong.empty();
      }
      socket.connect(address, 1000);
      socket.setSoTimeout(1000);
      socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> line.startsWith("process_id:"))
          .mapToLong(line -> Long.parseLong(line.substring("process_id:".length()).strip()))
          .findFirst();
    }
  }
}
