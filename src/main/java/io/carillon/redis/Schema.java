package io.carillon.redis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The records of the ledger: every field with its meaning and unit, in the order in which it is
 * kept. Scripts get their functions to read and write them from here, so that both sides agree on
 * the bytes. Instants and durations are in ms, by Redis' clock unless said otherwise.
 */
final class Schema {

  /** What a claim and the end of a run read and write of a job. */
  enum JobField {
    /** {@code active}, {@code paused} or {@code completed}. */
    STATE,
    /** From 1; moves with the definition and the state. */
    REVISION,
    /** Redis' time at creation in base 36. */
    INCARNATION,
    /** When the revision moved last, by the clock of the caller. */
    UPDATED,
    /** The next occurrence, nominal; none for a job that waits for something else. */
    NEXT,
    /** The latest claimed occurrence, nominal. */
    LAST,
    /** How many occurrences were accepted, which {@code maxRuns} counts. */
    ACCEPTED,
    /** How many missed occurrences in a row were made good. */
    CAUGHT_UP,
    /** Runs whose first attempt began. */
    STARTED,
    SUCCEEDED,
    FAILED,
    /** Occurrences that did not run. */
    SKIPPED,
    /** Failed runs since the latest good one; counted where the terms say so. */
    FAILURES,
    /** The state in which its latest run ended; {@code none} before. Decides its list. */
    OUTCOME,
    /** Suffixes of the runs that hold slots, joined by spaces; {@code *} where a set has them. */
    HOLDING,
    /** The run that holds a slot of the job and waits for one of the scheduler. */
    AT_SCHEDULER,
    /** Its {@link #TERMS}, or only the timeout where nothing else is set. */
    TERMS,
    /** Joined by spaces. */
    TAGS
  }

  /** What the scripts obey of a job's definition. */
  enum TermField {
    /** How long one attempt may take, guard included. */
    TIMEOUT,
    /** Most runs that hold slots of the job. */
    LIMIT,
    /** {@code skip} or {@code queue}. */
    ON_LIMIT,
    /** Most runs that wait for a slot of the job. */
    MAX_QUEUE,
    /** Accepted occurrences that complete it. */
    MAX_RUNS,
    /** Failed runs in a row that pause it. */
    PAUSE_AFTER,
    /** The shortest rest between the end of a run and the next occurrence. */
    REST_LEAST,
    /** The longest such rest. */
    REST_MOST,
    /** The first instant at which it no longer runs. */
    END_AT,
    /** The longest delay drawn for an occurrence. */
    JITTER,
    /** {@code 1} where the receiver reports the completion. */
    REPORTED
  }

  /** A run under way. */
  enum RunField {
    /** The word of a {@link io.carillon.job.RunState}. */
    STATE,
    /** {@code 1} where there is something in {@code run:<id>}. */
    MORE,
    /** Number of the present or latest attempt; 0 before the first. */
    ATTEMPT,
    /** Attempts that died with their replica. */
    CRASHES,
    /** When the first attempt was taken. */
    STARTED,
    /** When the present attempt was taken. */
    TAKEN,
    /** When it got its slots, in the order of coming, microseconds. */
    SLOT,
    /** The word of a {@link io.carillon.job.Trigger}. */
    TRIGGER,
    /** Its nominal instant. */
    SCHEDULED,
    /** The job's revision when it was accepted. */
    REVISION,
    /** Replica and token of its owner, joined by a slash. */
    OWNER
  }

  /** The first line of an entry of a history. */
  enum EndedField {
    /** The run's id without its job's. */
    SUFFIX,
    STATE,
    TRIGGER,
    SCHEDULED,
    STARTED,
    FINISHED,
    ATTEMPT,
    CRASHES,
    REVISION,
    /** How many occurrences it stands for that did not run. */
    MISSED,
    /** Attempts joined by semicolons. */
    ATTEMPTS
  }

  /** The first line of a pause; the reason follows in a new line. */
  enum PauseField {
    /** By the clock of the caller. */
    SINCE,
    /** When it ends by itself. */
    RESUMES_AT
  }

  static final PackedRecord<JobField> JOB = new PackedRecord<>("job", JobField.class, '|');
  static final PackedRecord<TermField> TERMS = new PackedRecord<>("terms", TermField.class, ',');
  static final PackedRecord<RunField> RUN = new PackedRecord<>("run", RunField.class, '|');
  static final PackedRecord<EndedField> ENDED = new PackedRecord<>("ended", EndedField.class, '|');
  static final PackedRecord<PauseField> PAUSE = new PackedRecord<>("pause", PauseField.class, '|');

  private Schema() {}

  /** The functions that read and write the records, in Lua. */
  static String lua() {
    return List.of(JOB, TERMS, RUN, ENDED, PAUSE).stream()
        .map(PackedRecord::lua)
        .collect(Collectors.joining());
  }
}
