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

/**
 * Stands between a replica and Redis and passes on what each says to the other; told to, it lets
 * replies disappear, or everything, with the connections left open, or lies in wait for a command.
 */
public final class Relay implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private static final Listener NOBODY = (buffer, length) -> {};

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

  /** Hears what is said before it is passed on. */
  private interface Listener {
    void hear(byte[] buffer, int length);
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
    background("commands", () -> pump(replica, redis, Set.of(Passage.NOTHING), new Watch()));
    background(
        "replies", () -> pump(redis, replica, Set.of(Passage.NOTHING, Passage.NO_REPLIES), NOBODY));
  }

  /** Ends with either side, and ends both then. */
  private void pump(Socket from, Socket to, Set<Passage> silent, Listener listener) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        listener.hear(buffer, n);
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

  /** Listens on one connection for the command that is waited for. */
  private final class Watch implements Listener {

    /** The end of what was heard before, in which awaited words may have begun. */
    private String before = "";

    @Override
    public void hear(byte[] buffer, int length) {
      ambush.ifPresent(
          awaited -> {
            String heard = before + new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            before = heard.substring(Math.max(0, heard.length() - awaited.words().length()));
            if (heard.contains(awaited.words())) {
              ambush = Optional.empty();
              sprung = true;
              awaited.act().run();
            }
          });
    }
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
