package io.carillon.job;

import java.util.Locale;
import java.util.Optional;

/** An enum constant as the outside world spells it: lower-case words joined by hyphens. */
public interface Worded {

  String name();

  /** This constant's spelling in JSON, Redis, metrics and documents. */
  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of {@code type} that is spelt {@code word}. */
  static <E extends Enum<E> & Worded> Optional<E> of(Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.word().equals(word)) {
        return Optional.of(constant);
      }
    }
    return Optional.empty();
  }
}
