package io.carillon.process.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;

/**
 * Stands between a replica and Redis and passes on what each says to the other; told to, it lets
 * replies disappear, or everything, with the connections left open, or lies in wait for a command.
 */
public final class Relay implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final ServerSocket server;
  private volatile int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final LongAdder connections = new LongAdder();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Passage passage = Passage.BOTH_WAYS;
  private volatile Optional<Ambush> ambush = Optional.empty();
  private volatile boolean sprung;

  private enum Passage {
    BOTH_WAYS,
    /** Commands reach Redis, and are done; nobody learns of it. */
    NO_REPLIES,
    NOTHING
  }

  /**
   * Waits for a command.
   *
   * @param words ASCII that stands in it, and in no command before it
   * @param act done before Redis gets all of it
   */
  private record Ambush(String words, Runnable act) {}

  /**
   * @param port that of Redis on loopback
   */
  public Relay(int port) {
    this.port = port;
    try {
      server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    background("accept", this::accept);
  }

  public URI uri() {
    return URI.create("redis://127.0.0.1:" + server.getLocalPort());
  }

  /** How often somebody has connected so far, whether Redis was there or not. */
  public long connections() {
    return connections.sum();
  }

  /** Leads new connections to another port, and leaves those that there are where they are. */
  public void aimAt(int other) {
    port = other;
  }

  /**
   * The next command in which these words stand reaches Redis; its reply disappears, and so does
   * all that Redis answers from then on.
   */
  public void loseRepliesFrom(String words) {
    ambush = Optional.of(new Ambush(words, this::loseReplies));
  }

  /**
   * The next command in which these words stand is held back, and so is what follows it on its
   * connection, until {@link #letGo}.
   */
  public void holdBack(String words) {
    ambush = Optional.of(new Ambush(words, this::awaitRelease));
  }

  /** Whether the command has come that was waited for. */
  public boolean hasSprung() {
    return sprung;
  }

  /** Passes on what was held back. */
  public void letGo() {
    released.countDown();
  }

  /** From now on what Redis answers disappears. */
  void loseReplies() {
    passage = Passage.NO_REPLIES;
  }

  /** From now on everything disappears. */
  void loseEverything() {
    passage = Passage.NOTHING;
  }

  /** Breaks all connections, and passes on what new ones say. */
  void reset() {
    sockets.forEach(Relay::closeQuietly);
    passage = Passage.BOTH_WAYS;
  }

  @Override
  public void close() {
    closeQuietly(server);
    sockets.forEach(Relay::closeQuietly);
    letGo();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket replica) throws IOException {
    connections.increment();
    Socket redis;
    try {
      redis = new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException redisIsAway) {
      replica.close();
      return;
    }
    replica.setTcpNoDelay(true);
    redis.setTcpNoDelay(true);
    sockets.add(replica);
    sockets.add(redis);
    background("commands", () -> pump(replica, redis, Set.of(Passage.NOTHING), this::watch));
    background(
        "replies",
        () ->
            pump(
                redis,
                replica,
                Set.of(Passage.NOTHING, Passage.NO_REPLIES),
                (before, said) -> before));
  }

  /**
   * Ends with either side, and ends both then.
   *
   * @param watch gets what it answered last and what is said now, before that is passed on
   */
  private void pump(Socket from, Socket to, Set<Passage> silent, BinaryOperator<String> watch) {
    byte[] buffer = new byte[BUFFER];
    String watched = "";
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        watched = watch.apply(watched, new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        if (!silent.contains(passage)) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException broken) {
      // The other side is told by the end of its connection.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  /** Answers the end of what was said, in which awaited words may have begun. */
  private String watch(String before, String said) {
    Optional<Ambush> awaited = ambush;
    if (awaited.isEmpty()) {
      return "";
    }
    String words = awaited.get().words();
    String heard = before + said;
    if (heard.contains(words)) {
      ambush = Optional.empty();
      sprung = true;
      awaited.get().act().run();
    }
    return heard.substring(Math.max(0, heard.length() - words.length()));
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void background(String what, Runnable work) {
    Thread thread = new Thread(work, "relay-" + what);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception alreadyBroken) {
      // Nothing is left to be closed.
    }
  }
}
