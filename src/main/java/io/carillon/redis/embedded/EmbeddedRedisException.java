package io.carillon.redis.embedded;

/**
 * The embedded Redis cannot be had. The message is written for the operator: it says what is in the
 * way and, where there is one, the remedy.
 */
public final class EmbeddedRedisException extends RuntimeException {

  EmbeddedRedisException(String message) {
    super(message);
  }

  EmbeddedRedisException(String message, Throwable cause) {
    super(message, cause);
  }
}
