package io.carillon.bench;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The Redis that is measured.
 *
 * @param pid of its process; empty where that is on another machine
 * @param version as it tells it, such as {@code 7.0.15}
 */
record RedisInUse(OptionalLong pid, String version) {

  private static final int TIMEOUT_MS = 1_000;

  /** The Redis that the service runs itself, in a data directory. */
  static RedisInUse ofEmbedded(Path dataDirectory) throws IOException {
    Properties record = new Properties();
    try (Reader reader = Files.newBufferedReader(dataDirectory.resolve("redis.properties"))) {
      record.load(reader);
    }
    int port = Integer.parseInt(record.getProperty("port"));
    return ask(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** A Redis that asks for no password. */
  static RedisInUse at(URI redis) throws IOException {
    return ask(new InetSocketAddress(redis.getHost(), redis.getPort()));
  }

  private static RedisInUse ask(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      Map<String, String> told =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .map(line -> line.split(":", 2))
              .filter(pair -> pair.length == 2)
              .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].strip(), (a, b) -> a));
      OptionalLong pid =
          address.getAddress().isLoopbackAddress()
              ? OptionalLong.of(Long.parseLong(told.get("process_id")))
              : OptionalLong.empty();
      return new RedisInUse(pid, told.getOrDefault("redis_version", "unknown"));
    }
  }
}
