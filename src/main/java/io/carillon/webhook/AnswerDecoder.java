package io.carillon.webhook;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Reads the answers on one connection: one final answer a request, and nothing else.
 *
 * <p>Interim answers (1xx) are read and left out, as RFC 9110, 15.2 asks; a 101, for which no
 * request asks, is one of them, and its connection ends with the exchange. Bytes beyond the answer,
 * or while no request is out, cost the connection. An answer that costs the connection is passed on
 * without its end: whoever waits for it sees the connection close, and nobody takes it for free.
 */
final class AnswerDecoder extends HttpResponseDecoder {

  /** Far more than honest interim answers need; a flood of them would occupy the event loop. */
  private static final int MOST_BEFORE_THE_ANSWER = 1024 * 1024;

  private enum Phase {
    /** No request is out. */
    IDLE,
    /** A request is out, its final answer's head is not here. */
    AWAITING,
    /** The head is here, the end of the body is not. */
    ANSWERING,
    /** Closed, or about to be. */
    SPOILT
  }

  private Phase phase = Phase.IDLE;
  private HttpMethod method = HttpMethod.POST;
  private boolean sent;
  private boolean reusable;
  private boolean kept;
  private int readBeforeTheAnswer;

  /**
   * @param maxHead how many bytes the status line may have, and how many all fields together
   */
  AnswerDecoder(int maxHead) {
    super(new HttpDecoderConfig().setMaxInitialLineLength(maxHead).setMaxHeaderSize(maxHead));
  }

  /** Whether a request may be written now. */
  boolean isIdle() {
    return phase == Phase.IDLE;
  }

  /** Whether an exchange has ended here, and ended well. */
  boolean isKept() {
    return kept;
  }

  /** A request is about to be written. */
  void begin(HttpMethod method) {
    this.method = method;
    phase = Phase.AWAITING;
    sent = false;
    reusable = true;
    readBeforeTheAnswer = 0;
  }

  /** The request's last byte has been written. */
  void sent() {
    sent = true;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (phase == Phase.IDLE || phase == Phase.SPOILT) {
      in.skipBytes(in.readableBytes());
      spoil(ctx);
      return;
    }
    int already = out.size();
    int before = in.readableBytes();
    super.decode(ctx, in, out);
    if (phase == Phase.AWAITING) {
      readBeforeTheAnswer += before - in.readableBytes();
    }
    for (int i = already; i < out.size(); i++) {
      if (out.get(i) instanceof HttpResponse head) {
        if (isInterim(head) && head.decoderResult().isSuccess()) {
          // It has no body, so its end is all that was read with it.
          out.subList(i, out.size()).clear();
          interim(head);
        } else {
          answer(ctx, head);
        }
      } else if (out.get(i) instanceof LastHttpContent end && end.decoderResult().isSuccess()) {
        if (reusable && sent) {
          phase = Phase.IDLE;
          kept = true;
        } else {
          ReferenceCountUtil.release(out.remove(i));
          spoil(ctx);
        }
      }
    }
  }

  private void interim(HttpResponse head) {
    reusable &= head.status().code() != HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    if (readBeforeTheAnswer > MOST_BEFORE_THE_ANSWER) {
      phase = Phase.SPOILT;
      throw new TooLongFrameException("too many interim answers");
    }
  }

  private void answer(ChannelHandlerContext ctx, HttpResponse head) {
    DecoderResult result = head.decoderResult();
    if (result.isSuccess()) {
      phase = Phase.ANSWERING;
    } else if (result.cause() instanceof TooLongHttpHeaderException && !isInterim(head)) {
      // The status line was read, so the status stands; what is beyond the limit stays unread.
      head.setDecoderResult(DecoderResult.SUCCESS);
      spoil(ctx);
    }
  }

  private static boolean isInterim(HttpMessage message) {
    return ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Closes the connection; its pool drops it at once. */
  private void spoil(ChannelHandlerContext ctx) {
    phase = Phase.SPOILT;
    ctx.channel().close();
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return HttpMethod.HEAD.equals(method)
        || isInterim(message)
        || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected boolean isSwitchingToNonHttp1Protocol(HttpResponse head) {
    // No request asks for that.
    return false;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    // Two ideas of where the answer ends (RFC 9112, 6.1): one of them may end on the next answer.
    reusable = false;
    super.handleTransferEncodingChunkedWithContentLength(message);
  }
}
