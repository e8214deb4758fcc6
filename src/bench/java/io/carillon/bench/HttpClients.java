package io.carillon.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Clients with a connection each, that send the next request as soon as the one before is answered.
 * They do as little as they can, since they share the machine with what they measure.
 */
final class HttpClients {

  private final URI service;
  private final int connections;

  HttpClients(URI service, int connections) {
    this.service = service;
    this.connections = connections;
  }

  /**
   * What was measured.
   *
   * @param micros of each request, how long its answer took
   * @param seconds from the first request to the last answer
   */
  record Answers(long[] micros, double seconds) {
    double aSecond() {
      return micros.length / seconds;
    }
  }

  /** A request as it is sent. */
  byte[] request(String method, String path, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "%s %s HTTP/1.1\r\nhost: %s\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
            .formatted(method, path, service.getAuthority(), body.length);
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] request = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, request, 0, headBytes.length);
    System.arraycopy(body, 0, request, headBytes.length, body.length);
    return request;
  }

  /** Sends requests for so long; each is to be answered 2xx. */
  Answers send(Supplier<byte[]> requests, Duration howLong) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    long begin = System.nanoTime();
    List<Future<List<Long>>> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      clients.add(threads.submit(() -> sendOneByOne(requests, begin + howLong.toNanos())));
    }
    try {
      List<Long> micros = new ArrayList<>();
      for (Future<List<Long>> client : clients) {
        micros.addAll(client.get());
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Answers(micros.stream().mapToLong(Long::longValue).toArray(), seconds);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Long> sendOneByOne(Supplier<byte[]> requests, long end) throws IOException {
    List<Long> micros = new ArrayList<>();
    try (Socket socket = new Socket(service.getHost(), service.getPort())) {
      socket.setTcpNoDelay(true);
      InputStream answers = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      do {
        long sent = System.nanoTime();
        socket.getOutputStream().write(requests.get());
        readAnswer(answers);
        micros.add((System.nanoTime() - sent) / 1000);
      } while (System.nanoTime() - end < 0);
    }
    return micros;
  }

  private static void readAnswer(InputStream answers) throws IOException {
    String status = line(answers);
    String length = "";
    for (String header = line(answers); !header.isEmpty(); header = line(answers)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = header.substring(header.indexOf(':') + 1).strip();
      }
    }
    String body =
        length.isEmpty() ? chunks(answers) : text(answers.readNBytes(Integer.parseInt(length)));
    if (!status.startsWith("HTTP/1.1 2")) {
      throw new IOException(status + ": " + body);
    }
  }

  private static String chunks(InputStream answers) throws IOException {
    StringBuilder body = new StringBuilder();
    int length;
    do {
      length = Integer.parseInt(line(answers), 16);
      body.append(text(answers.readNBytes(length)));
      line(answers);
    } while (length > 0);
    return body.toString();
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c != '\n'; c = answers.read()) {
      if (c < 0) {
        throw new EOFException("no answer");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
