package io.carillon.bench;

import java.nio.charset.StandardCharsets;

/**
 * Finds in a request's head the few fields that matter here, without making objects of the others.
 */
final class RequestHead {

  private static final byte[] ID = name("webhook-id");
  private static final byte[] SCHEDULED_AT = name("carillon-scheduled-at");
  private static final byte[] ATTEMPT = name("carillon-attempt");
  private static final byte[] CONTENT_LENGTH = name("content-length");

  private final Slice id = new Slice();
  private final Slice scheduledAt = new Slice();
  private final Slice attempt = new Slice();
  private final Slice contentLength = new Slice();

  Slice id() {
    return id;
  }

  Slice scheduledAt() {
    return scheduledAt;
  }

  Slice attempt() {
    return attempt;
  }

  /**
   * Reads a whole request.
   *
   * @return where the next one begins; -1 when this one is not there to its end yet
   */
  int read(byte[] bytes, int from, int to) {
    id.clear();
    scheduledAt.clear();
    attempt.clear();
    contentLength.clear();
    int line = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] != '\n') {
        continue;
      }
      if (i - line <= 1) {
        int end = i + 1 + contentLength.number();
        return end <= to ? end : -1;
      }
      field(bytes, line, i - 1);
      line = i + 1;
    }
    return -1;
  }

  private void field(byte[] bytes, int from, int to) {
    switch (bytes[from] | 0x20) {
      case 'w' -> take(ID, id, bytes, from, to);
      case 'c' -> {
        take(SCHEDULED_AT, scheduledAt, bytes, from, to);
        take(ATTEMPT, attempt, bytes, from, to);
        take(CONTENT_LENGTH, contentLength, bytes, from, to);
      }
      default -> {
        // None of ours begins like this.
      }
    }
  }

  private static void take(byte[] name, Slice value, byte[] bytes, int from, int to) {
    if (to - from < name.length) {
      return;
    }
    for (int i = 0; i < name.length; i++) {
      byte letter = bytes[from + i];
      if ((letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter) != name[i]) {
        return;
      }
    }
    int begin = from + name.length;
    while (begin < to && bytes[begin] == ' ') {
      begin++;
    }
    value.set(bytes, begin, to);
  }

  private static byte[] name(String text) {
    return (text + ':').getBytes(StandardCharsets.US_ASCII);
  }
}
