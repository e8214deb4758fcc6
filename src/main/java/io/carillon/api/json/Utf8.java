package io.carillon.api.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Decodes bodies, which are UTF-8 and nothing else (RFC 8259, 8.1). */
final class Utf8 {

  private Utf8() {}

  /**
   * @throws MalformedJson when the bytes are not UTF-8, or seem to be another encoding
   */
  static String decode(byte[] bytes) {
    if (seemsToBeOfWideCharacters(bytes)) {
      throw new MalformedJson("The text is not UTF-8 but seems to be UTF-16 or UTF-32", 1, 1);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int octet = bytes[in.position()] & 0xff;
      throw CharacterCursor.fault(
          "The text is not UTF-8: the octet 0x%02X is not part of a character".formatted(octet),
          text,
          text.length());
    }
    return text;
  }

  /**
   * A byte order mark, or a first character of JSON, which is always ASCII, with zeros around it.
   */
  private static boolean seemsToBeOfWideCharacters(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    return (first == 0xff && second == 0xfe)
        || (first == 0xfe && second == 0xff)
        || first == 0
        || second == 0;
  }
}
