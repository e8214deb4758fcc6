package io.carillon.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The failures that loopback does not produce; the others are in {@link MisbehavingReceiverTest}.
 */
class FailureTest {

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new UnknownHostException("nowhere"), Reason.DNS),
        Arguments.of(new ConnectTimeoutException(), Reason.CONNECT),
        Arguments.of(new NoRouteToHostException(), Reason.CONNECT),
        Arguments.of(new ConnectException("Network is unreachable"), Reason.CONNECT),
        Arguments.of(new IOException("Broken pipe"), Reason.RESET),
        Arguments.of(new DecoderException(new SSLHandshakeException("no")), Reason.TLS));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void aCauseHasItsWord(Throwable cause, Reason expected) {
    assertThat(Failure.of(cause)).isEqualTo(expected);
  }

  @Test
  void wordsAreSpeltWithHyphens() {
    assertThat(Reason.QUEUE_FULL.word()).isEqualTo("queue-full");
  }
}
