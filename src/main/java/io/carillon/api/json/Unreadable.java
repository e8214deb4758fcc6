package io.carillon.api.json;

/** A value of the right JSON type that cannot be read as what it should be. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;

  Unreadable(String code, String detail) {
    super(detail);
    this.code = code;
  }

  String code() {
    return code;
  }
}
