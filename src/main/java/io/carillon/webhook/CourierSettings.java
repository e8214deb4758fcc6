package io.carillon.webhook;

import java.time.Duration;

/**
 * The limits within which webhooks are carried.
 *
 * @param connectTimeout for the TCP connection, and once more for the TLS handshake
 * @param connectionsPerHost how many exchanges with one address at a time
 * @param maxWaiting how many deliveries to one address may wait for a connection; one more fails as
 *     {@code queue-full}
 * @param keepAlive how long an idle connection is kept, in whole seconds; shorter where the
 *     receiver says so
 * @param maxAnswerHead how many bytes of an answer's head are read: the status line may have as
 *     many, and all fields together
 * @param maxAnswerBody how many bytes of an answer's body are read
 */
public record CourierSettings(
    Duration connectTimeout,
    int connectionsPerHost,
    int maxWaiting,
    Duration keepAlive,
    int maxAnswerHead,
    int maxAnswerBody) {

  public static final CourierSettings DEFAULT =
      new CourierSettings(
          Duration.ofSeconds(3), 128, 4096, Duration.ofSeconds(25), 64 * 1024, 64 * 1024);
}
