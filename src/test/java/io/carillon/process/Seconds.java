package io.carillon.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of the occurrences of a job that is due each second, a letter for each, in their
 * order: {@code o} ran on time, {@code c} was caught up, {@code s} was skipped.
 */
record Seconds(NavigableMap<Instant, Character> letters) {

  /**
   * Reads the runs of a job, and asserts that each second from the first to the last is accounted
   * for, once.
   */
  static Seconds of(JsonNode runs) {
    NavigableMap<Instant, Character> letters = new TreeMap<>();
    for (JsonNode run : runs) {
      Instant last = Instant.parse(run.get("scheduledAt").asText());
      for (int ago = 0; ago < run.path("missed").asInt(1); ago++) {
        assertThat(letters.put(last.minusSeconds(ago), letter(run)))
            .as("%s s before %s, which is told once in %s", ago, last, runs)
            .isNull();
      }
    }
    assertThat(letters)
        .as("all seconds in %s", runs)
        .hasSize((int) Duration.between(letters.firstKey(), letters.lastKey()).toSeconds() + 1);
    return new Seconds(letters);
  }

  private static char letter(JsonNode run) {
    if (run.get("state").asText().equals("skipped")) {
      assertThat(run.get("reason").asText()).isEqualTo("misfire");
      return 's';
    }
    return run.get("trigger").asText().equals("catch-up") ? 'c' : 'o';
  }

  /** What became of all of them. */
  String all() {
    return spelt(letters);
  }

  /** What became of those from an instant on that came before another one. */
  String between(Instant from, Instant to) {
    return spelt(letters.subMap(from, true, to, false));
  }

  private static String spelt(NavigableMap<Instant, Character> some) {
    return some.values().stream().map(String::valueOf).collect(Collectors.joining());
  }
}
