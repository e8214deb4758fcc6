package io.carillon.api.json;

/** Bytes that are no JSON text; the message says why and where. */
public final class MalformedJson extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what a sentence without its full stop
   * @param line from 1
   * @param column from 1, in code points
   */
  public MalformedJson(String what, int line, int column) {
    super("%s (line %d, column %d).".formatted(what, line, column));
  }
}
