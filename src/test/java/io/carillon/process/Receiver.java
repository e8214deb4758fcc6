package io.carillon.process;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A well-behaved receiver of webhooks that remembers what it got. */
public final class Receiver implements AutoCloseable {

  static {
    // Read by the first server of a JVM. It would close idle connections after 30 s, or where there
    // are more than 200, at times just as a webhook is sent over one of them.
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
  }

  /** No job is named so. */
  private static final String ALL = "";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Delivery> deliveries = new ArrayList<>();
  private final Crowd atWork = new Crowd();
  private final Duration work;
  private final Set<String> held = new HashSet<>();
  private CountDownLatch answers = new CountDownLatch(0);

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
    return deliveriesSince(Instant.MIN);
  }

  /** All deliveries that arrived at an instant or later, in the order of their arrival. */
  public List<Delivery> deliveriesSince(Instant instant) {
    synchronized (deliveries) {
      int first = deliveries.size();
      while (first > 0 && !deliveries.get(first - 1).arrivedAt().isBefore(instant)) {
        first--;
      }
      return List.copyOf(deliveries.subList(first, deliveries.size()));
    }
  }

  /** Answers nothing more, until {@link #answer()}; what it has got stays under way. */
  public synchronized void hold() {
    answers = new CountDownLatch(1);
  }

  /** Answers what it held, and from now on at once again. */
  public synchronized void answer() {
    answers.countDown();
    held.clear();
  }

  /** The ids of the webhooks that it holds. */
  public synchronized Set<String> held() {
    return Set.copyOf(held);
  }

  /** How many webhooks it works on now; whether the sender still lives is nothing to it. */
  public int atWork() {
    return atWork.there(ALL);
  }

  /** How many webhooks it has worked on at a time, at the most. */
  public int mostAtWork() {
    return atWork.most(ALL);
  }

  /** The same of one job's webhooks. */
  public int mostAtWork(String jobId) {
    return atWork.most(jobId);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    String id = headers.getFirst("webhook-id");
    remember(
        id,
        headers.getFirst("carillon-job-id"),
        Instant.parse(headers.getFirst("carillon-scheduled-at")),
        Integer.parseInt(headers.getFirst("carillon-attempt")));
    exchange.getRequestBody().readAllBytes();
    String job = headers.getFirst("carillon-job-id");
    atWork.enter(ALL);
    atWork.enter(job);
    LockSupport.parkNanos(work.toNanos());
    awaitAnswers(id);
    atWork.leave(job);
    atWork.leave(ALL);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void awaitAnswers(String id) throws InterruptedIOException {
    try {
      held(id).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("closed while it held its answers");
    }
  }

  private synchronized CountDownLatch held(String id) {
    if (answers.getCount() > 0) {
      held.add(id);
    }
    return answers;
  }

  private void remember(String id, String jobId, Instant scheduledAt, int attempt) {
    synchronized (deliveries) {
      deliveries.add(new Delivery(id, jobId, scheduledAt, attempt, Instant.now()));
    }
  }
}
