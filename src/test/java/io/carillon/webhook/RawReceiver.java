package io.carillon.webhook;

import static io.carillon.Eventually.eventually;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A receiver below HTTP, so that it can misbehave: it does with each connection what it is told.
 */
final class RawReceiver implements AutoCloseable {

  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

  /** What {@link #firstly} answers on all but the first connection. */
  static final String OWN = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();

  /** What it does with a connection; when it returns, the connection is closed. */
  interface Behaviour {
    void with(Conversation conversation) throws IOException, InterruptedException;
  }

  RawReceiver(Behaviour behaviour) throws IOException {
    this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    this.behaviour = behaviour;
    start("raw-receiver", this::accept);
  }

  /** Does with its first connection what it is told, and answers {@link #OWN} on all others. */
  static RawReceiver firstly(Behaviour first) throws IOException {
    AtomicInteger connections = new AtomicInteger();
    return new RawReceiver(
        connection -> {
          if (connections.incrementAndGet() == 1) {
            first.with(connection);
          } else {
            connection.answer(OWN);
            connection.answer(OWN);
          }
          connection.staySilent();
        });
  }

  /** Answers the first request on its first connection with this, and then stays silent. */
  static RawReceiver firstSaying(String answer) throws IOException {
    return firstly(connection -> connection.answer(answer));
  }

  /** An answer, or an interim one, without a body. */
  static String head(int status) {
    String length = status < 200 ? "" : "Content-Length: 0\r\n";
    return "HTTP/1.1 " + status + " Said\r\n" + length + "\r\n";
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/hook";
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many requests were read whole. */
  int requests() {
    return requests.get();
  }

  int connections() {
    return connections.get();
  }

  int openConnections() {
    return open.size();
  }

  void awaitHungUp() {
    eventually().until(() -> open.isEmpty());
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        connections.incrementAndGet();
        start("raw-conversation", () -> converse(socket));
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      behaviour.with(new Conversation(socket, requests));
    } catch (IOException gone) {
      // The courier hung up, or the test is over: either way nobody is left to talk to.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  static final class Conversation {

    private final Socket socket;
    private final AtomicInteger requests;
    private final BufferedReader in;
    private final OutputStream out;

    Conversation(Socket socket, AtomicInteger requests) throws IOException {
      this.socket = socket;
      this.requests = requests;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.out = socket.getOutputStream();
    }

    /**
     * Reads one request whole.
     *
     * @return false when the courier has hung up
     */
    boolean readRequest() throws IOException {
      int length = 0;
      String line = in.readLine();
      if (line == null) {
        return false;
      }
      while (!line.isEmpty()) {
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
        line = in.readLine();
      }
      for (int i = 0; i < length; i++) {
        in.read();
      }
      requests.incrementAndGet();
      return true;
    }

    /** Reads one request and says this. */
    void answer(String text) throws IOException {
      if (readRequest()) {
        say(text);
      }
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Stays silent until the courier hangs up. */
    void staySilent() throws IOException {
      while (in.read() >= 0) {
        // Whatever it still says is not answered.
      }
    }

    /** Says that nothing more will be said. */
    void hangUp() throws IOException {
      socket.shutdownOutput();
    }

    /** Has the connection end with a RST instead of a FIN. */
    void slam() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
