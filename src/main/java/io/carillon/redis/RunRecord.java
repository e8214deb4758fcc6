package io.carillon.redis;

import io.carillon.job.Attempt;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.job.Worded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run's packed record, as {@code runs.lua} writes it.
 *
 * @param taken when the present attempt began
 * @param more whether there is more of it than the record
 * @param owner replica and token of who delivers it; empty where nobody does
 */
record RunRecord(
    RunState state,
    boolean more,
    int attempt,
    int crashes,
    Optional<Instant> startedAt,
    Optional<Instant> taken,
    Trigger trigger,
    Instant scheduledAt,
    Optional<String> owner) {

  static RunRecord read(String record) {
    String[] parts = split(record, '|', 11);
    return new RunRecord(
        Worded.of(RunState.class, parts[0]).orElseThrow(),
        parts[1].equals("1"),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        moment(parts[4]),
        moment(parts[5]),
        Worded.of(Trigger.class, parts[7]).orElseThrow(),
        Texts.instant(parts[8]),
        Texts.present(parts[10]));
  }

  /** An active run; its present attempt, if it has one, is the last. */
  Run run(RunId id, String pastAttempts) {
    List<Attempt> attempts = new ArrayList<>(readAttempts(pastAttempts));
    if (state == RunState.RUNNING) {
      attempts.add(Attempt.begun(attempt, taken.orElseThrow()));
    }
    return run(id, Optional.empty(), Optional.empty(), 0, attempts);
  }

  Run run(
      RunId id,
      Optional<Instant> finishedAt,
      Optional<String> reason,
      int missed,
      List<Attempt> attempts) {
    return new Run(
        id, trigger, state, scheduledAt, startedAt, finishedAt, reason, missed, attempts);
  }

  /**
   * An ended run: id, record, end, attempts and reason, each in a line.
   *
   * @param missed how many occurrences it stands for that did not happen
   */
  static Run readEnded(String lines, int missed) {
    String[] parts = split(lines, '\n', 5);
    return read(parts[1])
        .run(
            RunId.parse(parts[0]).orElseThrow(),
            Optional.of(Texts.instant(parts[2])),
            Texts.present(parts[4]),
            missed,
            readAttempts(parts[3]));
  }

  /** An attempt, without the instant of the next. */
  static String writeAttempt(Attempt attempt) {
    return String.join(
        ",",
        Integer.toString(attempt.number()),
        Texts.of(attempt.at()),
        Texts.of(attempt.duration().map(Duration::toMillis)),
        Texts.of(attempt.status()),
        Texts.of(attempt.error()),
        "");
  }

  /** Attempts joined by semicolons. */
  static List<Attempt> readAttempts(String joined) {
    if (joined == null || joined.isEmpty()) {
      return List.of();
    }
    List<Attempt> attempts = new ArrayList<>();
    for (String attempt : joined.split(";")) {
      String[] parts = split(attempt, ',', 6);
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

  private static Optional<Instant> moment(String millis) {
    return millis.equals("0") ? Optional.empty() : Optional.of(Texts.instant(millis));
  }

  /** Splits without a regular expression: this is done for every run. */
  private static String[] split(String text, char separator, int parts) {
    String[] split = new String[parts];
    int from = 0;
    for (int part = 0; part < parts - 1; part++) {
      int to = text.indexOf(separator, from);
      split[part] = text.substring(from, to);
      from = to + 1;
    }
    split[parts - 1] = text.substring(from);
    return split;
  }
}
