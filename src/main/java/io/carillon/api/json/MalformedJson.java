package io.carillon.api.json;

/** Bytes that are no JSON text; the message says why and where. */
public final class MalformedJson extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public MalformedJson(String message) {
    super(message);
  }
}
