package io.carillon.redis;

import io.carillon.job.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Attempts as text: number, at, duration, status, error and next, joined by commas. */
final class Attempts {

  private static final int FIELDS = 6;

  private Attempts() {}

  /** An attempt, without the instant of the next. */
  static String write(Attempt attempt) {
    return String.join(
        ",",
        Integer.toString(attempt.number()),
        Texts.of(attempt.at()),
        Texts.of(attempt.duration().map(Duration::toMillis)),
        Texts.of(attempt.status()),
        Texts.of(attempt.error()),
        "");
  }

  /** Reads attempts joined by semicolons; none from the empty text. */
  static List<Attempt> read(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    List<Attempt> attempts = new ArrayList<>();
    for (String attempt : joined.split(";")) {
      String[] parts = attempt.split(",", FIELDS);
      attempts.add(
          new Attempt(
              Integer.parseInt(parts[0]),
              Texts.instant(parts[1]),
              Texts.present(parts[2]).map(Long::parseLong).map(Duration::ofMillis),
              Texts.present(parts[3]).map(Integer::parseInt),
              Texts.present(parts[4]),
              Texts.present(parts[5]).map(Texts::instant)));
    }
    return attempts;
  }
}
