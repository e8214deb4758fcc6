package io.carillon.redis;

import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.Counters;
import io.carillon.job.Definition;
import io.carillon.job.Definition.Rest;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import io.carillon.job.Run;
import io.carillon.job.Target;
import io.carillon.job.Worded;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.JobField;
import io.carillon.redis.Schema.PauseField;
import io.carillon.redis.Schema.TermField;
import java.time.Instant;
import java.util.Optional;

/** A job as its {@link Schema#JOB} record and what is kept apart of it. */
final class JobRecord {

  private JobRecord() {}

  /**
   * Reads a job.
   *
   * @param pause present where it is paused
   */
  static Job read(
      String id,
      byte[] record,
      StoredDefinition stored,
      Optional<Pause> pause,
      Optional<Run> lastRun) {
    Values<JobField> values = Schema.JOB.read(record);
    JobState state = Worded.of(JobState.class, values.text(JobField.STATE)).orElseThrow();
    return new Job(
        id,
        values.number(JobField.REVISION),
        values.text(JobField.INCARNATION),
        state,
        state == JobState.PAUSED ? pause : Optional.empty(),
        stored.definition(),
        stored.createdAt(),
        values.instant(JobField.UPDATED).orElseThrow(),
        stored.anchor(),
        values.instant(JobField.NEXT),
        values.instant(JobField.LAST),
        values.number(JobField.ACCEPTED),
        (int) values.number(JobField.CAUGHT_UP),
        new Counters(
            values.number(JobField.STARTED),
            values.number(JobField.SUCCEEDED),
            values.number(JobField.FAILED),
            values.number(JobField.SKIPPED)),
        values.instant(JobField.RESUMED),
        lastRun);
  }

  static Pause readPause(byte[] record) {
    Values<PauseField> values = Schema.PAUSE.read(record);
    return new Pause(
        values.present(PauseField.REASON),
        values.instant(PauseField.SINCE).orElseThrow(),
        values.instant(PauseField.RESUMES_AT));
  }

  static byte[] writePause(Pause pause) {
    return Schema.PAUSE.write(
        field ->
            switch (field) {
              case SINCE -> pause.since();
              case RESUMES_AT -> pause.until();
              case REASON -> pause.reason();
            });
  }

  /** What the scripts obey of a definition; nothing of most. */
  static byte[] writeTerms(Definition definition) {
    boolean none =
        definition.concurrency().isEmpty()
            && definition.maxRuns().isEmpty()
            && definition.pauseAfter().isEmpty()
            && definition.rest().isEmpty()
            && definition.target().completion() == Target.Completion.RESPONSE;
    return none ? new byte[0] : Schema.TERMS.write(field -> term(field, definition));
  }

  /** Zero says that it does not end; what ended before 1970 has ended as well right after it. */
  private static Instant afterNone(Instant endAt) {
    return endAt.isAfter(Instant.EPOCH) ? endAt : Instant.EPOCH.plusMillis(1);
  }

  private static Object term(TermField field, Definition definition) {
    Optional<ConcurrencyPolicy> policy = definition.concurrency();
    return switch (field) {
      case LIMIT -> policy.map(ConcurrencyPolicy::limit);
      case ON_LIMIT -> policy.map(limit -> limit.onLimit().word());
      case MAX_QUEUE -> policy.map(ConcurrencyPolicy::maxQueue);
      case MAX_RUNS -> definition.maxRuns();
      case PAUSE_AFTER -> definition.pauseAfter();
      case RESTS -> definition.rest().isPresent();
      case REST_LEAST -> definition.rest().map(Rest::least);
      case REST_MOST -> definition.rest().map(Rest::longest);
      case END_AT -> definition.endAt().map(JobRecord::afterNone);
      case JITTER -> definition.jitter();
      case REPORTED -> definition.target().completion() == Target.Completion.CALLBACK;
    };
  }
}
