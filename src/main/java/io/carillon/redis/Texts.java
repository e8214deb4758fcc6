package io.carillon.redis;

import java.time.Instant;
import java.util.Optional;

/** How values are written in Redis: an absent one as the empty text, an instant in epoch ms. */
final class Texts {

  private Texts() {}

  static Optional<String> present(String text) {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  static Instant instant(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }

  static String of(Instant instant) {
    return Long.toString(instant.toEpochMilli());
  }

  static String of(Optional<?> value) {
    return value
        .map(some -> some instanceof Instant instant ? of(instant) : some.toString())
        .orElse("");
  }
}
