package io.carillon.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What has arrived, as text: a line of {@code id scheduledAt attempt arrivedAt}, the last in epoch
 * microseconds. Kept as bytes, since a run of some minutes is millions of lines.
 */
final class Arrivals {

  private static final int BLOCK = 1 << 20;
  private static final int LONGEST_LINE = 256;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] block = new byte[BLOCK];
  private int end;
  private long count;

  synchronized void add(RequestHead head, long arrivedMicros) {
    if (BLOCK - end < LONGEST_LINE) {
      full.add(Arrays.copyOf(block, end));
      block = new byte[BLOCK];
      end = 0;
    }
    end = head.id().copyTo(block, end);
    block[end++] = ' ';
    end = head.scheduledAt().copyTo(block, end);
    block[end++] = ' ';
    end = head.attempt().copyTo(block, end);
    block[end++] = ' ';
    byte[] micros = Long.toString(arrivedMicros).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(micros, 0, block, end, micros.length);
    end += micros.length;
    block[end++] = '\n';
    count++;
  }

  synchronized long count() {
    return count;
  }

  synchronized void writeTo(OutputStream out) throws IOException {
    for (byte[] block : full) {
      out.write(block);
    }
    out.write(block, 0, end);
  }
}
