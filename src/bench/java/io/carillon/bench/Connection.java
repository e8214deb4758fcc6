package io.carillon.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** One connection to the receiver: answers each request as soon as it is there. */
final class Connection {

  private static final byte[] OK =
      "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final Arrivals arrivals;
  private final RequestHead head = new RequestHead();
  private final ByteBuffer in = ByteBuffer.allocate(64 * 1024);

  Connection(SocketChannel channel, Arrivals arrivals) {
    this.channel = channel;
    this.arrivals = arrivals;
  }

  /** Reads what is there; ends the connection when the other side has. */
  void readable() throws IOException {
    if (channel.read(in) < 0) {
      channel.close();
      return;
    }
    Instant now = Instant.now();
    long micros =
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    in.flip();
    int at = 0;
    for (int end = read(at); end >= 0; end = read(at)) {
      arrivals.add(head, micros);
      answer();
      at = end;
    }
    in.position(at);
    in.compact();
  }

  private int read(int at) {
    return head.read(in.array(), at, in.limit());
  }

  private void answer() throws IOException {
    ByteBuffer out = ByteBuffer.wrap(OK);
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }
}
