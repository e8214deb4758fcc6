package io.carillon.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;

/** What proves to a receiver that a message is ours and unchanged (Standard Webhooks 1.0). */
final class Signature {

  private Signature() {}

  /**
   * The value of {@code webhook-signature}: {@code v1,} and the HMAC-SHA256 of id, timestamp and
   * body.
   *
   * @param secret {@code whsec_} and the key in base64
   * @param epochSecond of the attempt
   * @throws IllegalArgumentException when the secret has no such form
   */
  static String of(String secret, String id, long epochSecond, String body) {
    try {
      return new Webhook(secret).sign(id, epochSecond, body);
    } catch (WebhookSigningException e) {
      throw new IllegalArgumentException("the secret cannot sign", e);
    }
  }
}
