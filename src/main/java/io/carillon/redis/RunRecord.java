package io.carillon.redis;

import io.carillon.job.Attempt;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.job.Worded;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.RunField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run under way, as {@link Schema#RUN} keeps it.
 *
 * @param more whether there is something in {@code run:<id>}
 * @param taken when the present attempt began
 * @param owner replica and token of its owner; empty where it has none
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

  static RunRecord read(byte[] record) {
    Values<RunField> values = Schema.RUN.read(record);
    return new RunRecord(
        Worded.of(RunState.class, values.text(RunField.STATE)).orElseThrow(),
        values.number(RunField.MORE) != 0,
        (int) values.number(RunField.ATTEMPT),
        (int) values.number(RunField.CRASHES),
        values.instant(RunField.STARTED),
        values.instant(RunField.TAKEN),
        Worded.of(Trigger.class, values.text(RunField.TRIGGER)).orElseThrow(),
        values.instant(RunField.SCHEDULED).orElseThrow(),
        values.present(RunField.OWNER));
  }

  /** A run under way; its present attempt, if it has one, is the last. */
  Run run(RunId id, String pastAttempts) {
    List<Attempt> attempts = new ArrayList<>(Attempts.read(pastAttempts));
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
}
