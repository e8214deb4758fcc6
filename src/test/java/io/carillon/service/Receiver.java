package io.carillon.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Who is rung: a path each job, and on each path the manners that a test asks for. */
final class Receiver implements AutoCloseable {

  /**
   * A webhook as it came.
   *
   * @param number of those on its path, from 1
   */
  record Ring(int number, Instant at, String path, HttpExchange exchange, String body) {
    String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }
  }

  /** What it does with a webhook; when it returns, the connection is done with. */
  interface Manners {
    void on(Ring ring) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Manners> manners = new ConcurrentHashMap<>();
  private final List<Ring> rings = new ArrayList<>();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 256);
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + path;
  }

  /** All that came, in the order of coming. */
  synchronized List<Ring> rings() {
    return List.copyOf(rings);
  }

  List<Ring> rings(String path) {
    return rings().stream().filter(ring -> ring.path.equals(path)).toList();
  }

  void on(String path, Manners asked) {
    manners.put(path, asked);
  }

  /** Answers with these statuses one after the other, and for ever with the last. */
  static Manners statuses(int... statuses) {
    return ring -> answer(ring, statuses[Math.min(ring.number, statuses.length) - 1]);
  }

  /** Answers one webhook for each permit that the gate has. */
  static Manners behind(Semaphore gate) {
    return ring -> {
      gate.acquire();
      answer(ring, 200);
    };
  }

  /** Answers nothing, for as long as there is a receiver. */
  static Manners silence() {
    return behind(new Semaphore(0));
  }

  /** Begins an answer and writes to it, a drop at a time, until nobody reads it any more. */
  static void dribble(Ring ring) throws IOException, InterruptedException {
    ring.exchange().sendResponseHeaders(200, 0);
    while (true) {
      ring.exchange().getResponseBody().write('.');
      ring.exchange().getResponseBody().flush();
      Thread.sleep(20); // From drop to drop.
    }
  }

  static void answer(Ring ring, int status) throws IOException {
    ring.exchange.sendResponseHeaders(status, -1);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath().substring(1);
      Ring ring = note(exchange, path, body);
      manners.getOrDefault(path, statuses(200)).on(ring);
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Ring note(HttpExchange exchange, String path, String body) {
    int number = 1 + (int) rings.stream().filter(ring -> ring.path.equals(path)).count();
    Ring ring = new Ring(number, Instant.now(), path, exchange, body);
    rings.add(ring);
    return ring;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
