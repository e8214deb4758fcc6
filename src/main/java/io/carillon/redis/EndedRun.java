package io.carillon.redis;

import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.job.Worded;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.EndedField;
import java.util.Optional;

/**
 * An entry of a history, as {@link Schema#ENDED} keeps it.
 *
 * @param payload JSON given with the run
 */
record EndedRun(Run run, Optional<String> payload) {

  static EndedRun read(String jobId, byte[] entry) {
    Values<EndedField> values = Schema.ENDED.read(entry);
    return new EndedRun(
        new Run(
            RunId.parse(jobId + '_' + values.text(EndedField.SUFFIX)).orElseThrow(),
            Worded.of(Trigger.class, values.text(EndedField.TRIGGER)).orElseThrow(),
            Worded.of(RunState.class, values.text(EndedField.STATE)).orElseThrow(),
            values.instant(EndedField.SCHEDULED).orElseThrow(),
            values.instant(EndedField.STARTED),
            values.instant(EndedField.FINISHED),
            values.present(EndedField.REASON),
            (int) values.number(EndedField.MISSED),
            Attempts.read(values.text(EndedField.ATTEMPTS))),
        values.present(EndedField.PAYLOAD));
  }
}
