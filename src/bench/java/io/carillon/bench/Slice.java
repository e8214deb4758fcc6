package io.carillon.bench;

/** Some bytes of a buffer, valid until the next request is read into it. */
final class Slice {

  private byte[] bytes = {};
  private int from;
  private int to;

  void set(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  void clear() {
    to = from;
  }

  /** Copies them to {@code target} and answers where they end there. */
  int copyTo(byte[] target, int at) {
    System.arraycopy(bytes, from, target, at, to - from);
    return at + to - from;
  }

  /** The number they spell. */
  int number() {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }
}
