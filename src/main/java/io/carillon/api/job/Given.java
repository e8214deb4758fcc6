package io.carillon.api.job;

/** What was given, or its default. */
final class Given {

  private Given() {}

  static <T> T orElse(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
