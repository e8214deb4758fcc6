package io.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestHeadTest {

  private static final byte[] REQUEST =
      """
      POST /hook HTTP/1.1\r
      user-agent: carillon/1\r
      webhook-id: a_b_1\r
      Carillon-Scheduled-At: 2026-12-01T09:00:00.000Z\r
      carillon-attempt: 12\r
      content-length: 4\r
      \r
      {  }"""
          .getBytes(StandardCharsets.US_ASCII);

  private final RequestHead head = new RequestHead();

  @Test
  void aWholeRequestIsRead() {
    assertThat(head.read(REQUEST, 0, REQUEST.length)).isEqualTo(REQUEST.length);
    assertThat(text(head.id())).isEqualTo("a_b_1");
    assertThat(text(head.scheduledAt())).isEqualTo("2026-12-01T09:00:00.000Z");
    assertThat(head.attempt().number()).isEqualTo(12);
  }

  @Test
  void aRequestThatIsNotThereToItsEndIsNotRead() {
    for (int length = 0; length < REQUEST.length; length++) {
      assertThat(head.read(REQUEST, 0, length)).isEqualTo(-1);
    }
  }

  @Test
  void oneRequestLeavesNothingToTheNext() {
    // Given
    byte[] bare = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    head.read(REQUEST, 0, REQUEST.length);

    // When
    int end = head.read(bare, 0, bare.length);

    // Then
    assertThat(end).isEqualTo(bare.length);
    assertThat(text(head.id())).isEmpty();
  }

  private static String text(Slice slice) {
    byte[] copy = new byte[64];
    return new String(copy, 0, slice.copyTo(copy, 0), StandardCharsets.US_ASCII);
  }
}
