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
import java.util.Optional;
import java.util.function.Function;

/** A job as its {@link Schema#JOB} record and what is kept apart of it. */
final class JobRecord {

  private JobRecord() {}

  /**
   * Reads a job.
   *
   * @param pause its {@link Schema#PAUSE} record and the reason
   */
  static Job read(
      String id,
      String record,
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
        lastRun);
  }

  static Pause readPause(String text) {
    String[] lines = text.split("\n", 2);
    Values<PauseField> values = Schema.PAUSE.read(lines[0]);
    return new Pause(
        Texts.present(lines[1]),
        values.instant(PauseField.SINCE).orElseThrow(),
        values.instant(PauseField.RESUMES_AT));
  }

  static String writePause(Pause pause) {
    String record =
        Schema.PAUSE.write(
            field ->
                switch (field) {
                  case SINCE -> Texts.of(pause.since());
                  case RESUMES_AT -> Texts.of(pause.until());
                });
    return record + '\n' + pause.reason().orElse("");
  }

  /** What the scripts obey of a definition: most have nothing but a timeout. */
  static String writeTerms(Definition definition) {
    String timeout = Long.toString(definition.timeAllowed().toMillis());
    String terms = Schema.TERMS.write(field -> term(field, definition));
    boolean onlyTimeout = terms.chars().skip(timeout.length()).allMatch(c -> c == ',');
    return onlyTimeout ? timeout : terms;
  }

  private static String term(TermField field, Definition definition) {
    Optional<ConcurrencyPolicy> policy = definition.concurrency();
    return switch (field) {
      case TIMEOUT -> Long.toString(definition.timeAllowed().toMillis());
      case LIMIT -> Texts.of(policy.map(ConcurrencyPolicy::limit));
      case ON_LIMIT -> Texts.of(policy.map(limit -> limit.onLimit().word()));
      case MAX_QUEUE -> Texts.of(policy.map(ConcurrencyPolicy::maxQueue));
      case MAX_RUNS -> Texts.of(definition.maxRuns());
      case PAUSE_AFTER -> Texts.of(definition.pauseAfter());
      case REST_LEAST -> rest(definition, rest -> rest.least().toMillis());
      case REST_MOST -> rest(definition, rest -> rest.longest().toMillis());
      // Asked of jobs only that rest after their runs.
      case END_AT -> definition.rest().isEmpty() ? "" : Texts.of(definition.endAt());
      case JITTER -> rest(definition, any -> definition.jitter().toMillis());
      case REPORTED -> definition.target().completion() == Target.Completion.CALLBACK ? "1" : "";
    };
  }

  private static String rest(Definition definition, Function<Rest, Long> millis) {
    return Texts.of(definition.rest().map(millis));
  }
}
