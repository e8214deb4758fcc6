package io.carillon.webhook;

import io.carillon.job.Worded;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why no answer came; the closed set of words of {@code Unanswered}. */
enum Failure implements Worded {
  /** The target's time was up. */
  TIMEOUT,
  /** No connection: refused, unreachable, or not within the time for connecting. */
  CONNECT,
  /** The host's name has no address. */
  DNS,
  /** No trusted, encrypted connection. */
  TLS,
  /** The connection broke before the head of an answer came. */
  RESET,
  /** Too many deliveries wait for this receiver. */
  QUEUE_FULL,
  /** What came was not HTTP. */
  PROTOCOL,
  /** The run was cancelled while this went on. */
  CANCELLED,
  /** No request can be made of the job's target. */
  UNSENDABLE;

  /** What an exchange that broke with {@code cause} is told as. */
  static Failure of(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SSLException) {
        return TLS;
      } else if (at instanceof UnknownHostException) {
        return DNS;
      } else if (at instanceof ConnectTimeoutException
          || at instanceof ConnectException
          || at instanceof NoRouteToHostException) {
        return CONNECT;
      } else if (at instanceof TimeoutException) {
        return TIMEOUT;
      } else if (at instanceof ConnectionPoolTooBusyException) {
        return QUEUE_FULL;
      } else if (at instanceof IOException
          || at instanceof HttpClosedException
          || at instanceof PrematureChannelClosureException) {
        return RESET;
      }
    }
    return PROTOCOL;
  }
}
