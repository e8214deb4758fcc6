package io.carillon.bench;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The receiver's process. Says its port, then answers {@code count} with a number and {@code
 * arrivals} with all lines and an empty one. Ends with its standard input.
 */
public final class ReceiverMain {

  private final Selector selector;
  private final ServerSocketChannel server;
  private final Arrivals arrivals = new Arrivals();

  private ReceiverMain() throws IOException {
    selector = Selector.open();
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  public static void main(String... arguments) throws IOException {
    ReceiverMain receiver = new ReceiverMain();
    Thread questions = new Thread(receiver::answerQuestions, "questions");
    questions.start();
    receiver.serve();
  }

  private void serve() throws IOException {
    while (true) {
      selector.select(this::serve);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel, arrivals));
      } else {
        ((Connection) key.attachment()).readable();
      }
    } catch (IOException e) {
      System.err.println("a connection broke: " + e.getMessage());
      key.cancel();
    }
  }

  private void answerQuestions() {
    PrintStream out =
        new PrintStream(
            new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.US_ASCII);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      out.println(server.socket().getLocalPort());
      out.flush();
      for (String question = in.readLine(); question != null; question = in.readLine()) {
        if (question.equals("count")) {
          out.println(arrivals.count());
        } else {
          arrivals.writeTo(out);
          out.println();
        }
        out.flush();
      }
      System.exit(0);
    } catch (IOException e) {
      System.err.println("nobody to talk to: " + e.getMessage());
      System.exit(1);
    }
  }
}
