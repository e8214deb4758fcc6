package io.carillon.webhook;

import io.carillon.job.Reason;
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

/** Why no answer came. */
final class Failure {

  private Failure() {}

  /** What an exchange that broke with {@code cause} is told as. */
  static Reason of(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SSLException) {
        return Reason.TLS;
      } else if (at instanceof UnknownHostException) {
        return Reason.DNS;
      } else if (at instanceof ConnectTimeoutException
          || at instanceof ConnectException
          || at instanceof NoRouteToHostException) {
        return Reason.CONNECT;
      } else if (at instanceof TimeoutException) {
        return Reason.TIMEOUT;
      } else if (at instanceof ConnectionPoolTooBusyException) {
        return Reason.QUEUE_FULL;
      } else if (at instanceof IOException
          || at instanceof HttpClosedException
          || at instanceof PrematureChannelClosureException) {
        return Reason.RESET;
      }
    }
    return Reason.PROTOCOL;
  }
}
