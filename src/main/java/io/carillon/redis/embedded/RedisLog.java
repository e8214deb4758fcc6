package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What Redis writes to its standard output, one file for each start; the one before is kept. */
record RedisLog(Path file, Path previous) {

  private static final int LAST_LINES = 10;

  /** Puts the log of an earlier start aside. */
  void turn() throws IOException {
    if (Files.exists(file)) {
      Files.move(file, previous, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether Redis has found its port taken. */
  boolean tellsOfATakenPort() throws IOException {
    return text().contains("Address already in use");
  }

  /** The last lines, for an error message. */
  String end() throws IOException {
    List<String> lines = text().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  private String text() throws IOException {
    // Not as UTF-8, which would refuse what a broken binary may print.
    return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
  }
}
