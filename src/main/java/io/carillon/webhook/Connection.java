package io.carillon.webhook;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * One connection to a receiver. It stands in the place of the client's own codec, which takes each
 * message that comes for an answer to whatever is sent next.
 */
final class Connection extends CombinedChannelDuplexHandler<AnswerDecoder, HttpRequestEncoder> {

  private static final AttributeKey<Connection> KEY = AttributeKey.valueOf("carillon.connection");

  private ChannelHandlerContext context;

  private Connection(int maxHead) {
    super(new AnswerDecoder(maxHead), new HttpRequestEncoder());
  }

  /** Takes over a connection that the client has just made. */
  static void takeOver(HttpConnection made, int maxHead) {
    Channel channel = channel(made);
    Connection connection = new Connection(maxHead);
    channel.pipeline().replace("codec", "codec", connection);
    channel.attr(KEY).set(connection);
  }

  static Connection of(HttpConnection made) {
    return channel(made).attr(KEY).get();
  }

  private static Channel channel(HttpConnection made) {
    return ((ConnectionBase) made).channel();
  }

  /** Whether an exchange has ended on it before. */
  boolean isKept() {
    return inboundHandler().isKept();
  }

  /** Whether a request may be written: nothing is under way, and nothing odd has been read. */
  boolean isUsable() {
    return context.channel().isActive() && inboundHandler().isIdle();
  }

  /**
   * Runs a task on the event loop when everything has been read that is here now. The loop polls
   * its sockets once between two rounds of scheduled tasks, and the present round may have begun
   * already.
   */
  void afterReading(Runnable task) {
    EventLoop loop = context.channel().eventLoop();
    loop.schedule(() -> loop.schedule(task, 0, TimeUnit.NANOSECONDS), 0, TimeUnit.NANOSECONDS);
  }

  /** Closes it at once, without waiting for a receiver that does not read what was sent. */
  void drop() {
    context.channel().close();
    context.close();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) throws Exception {
    this.context = context;
    super.handlerAdded(context);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    ChannelPromise written = promise;
    if (message instanceof HttpRequest request) {
      inboundHandler().begin(request.method());
    }
    if (message instanceof LastHttpContent) {
      written = promise.unvoid();
      written.addListener(done -> requestEnded(done.isSuccess()));
    }
    super.write(context, message, written);
  }

  private void requestEnded(boolean whole) {
    if (whole) {
      inboundHandler().sent();
    }
  }
}
