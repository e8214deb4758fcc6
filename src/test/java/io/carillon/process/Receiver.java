package io.carillon.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A well-behaved receiver of webhooks that remembers what it got. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final Duration work;

  public Receiver() {
    this(Duration.ZERO);
  }

  /**
   * A receiver that is slow.
   *
   * @param work how long after its arrival a webhook is answered
   */
  public Receiver(Duration work) {
    this.work = work;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** All deliveries so far, in the order of their arrival. */
  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    deliveries.add(
        new Delivery(
            headers.getFirst("webhook-id"),
            headers.getFirst("carillon-job-id"),
            Instant.parse(headers.getFirst("carillon-scheduled-at")),
            Integer.parseInt(headers.getFirst("carillon-attempt")),
            Instant.now()));
    exchange.getRequestBody().readAllBytes();
    LockSupport.parkNanos(work.toNanos());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }
}
