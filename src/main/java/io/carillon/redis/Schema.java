package io.carillon.redis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The records of the ledger: every field with its meaning and unit, in the order in which it is
 * kept. Scripts get their functions to read and write them from here, so that both sides agree on
 * the bytes. Instants are by Redis' clock unless said otherwise; {@link PackedType} tells the
 * units.
 */
final class Schema {

  /** What a claim and the end of a run read and write of a job. */
  enum JobField implements PackedField {
    /** {@code active}, {@code paused} or {@code completed}. */
    STATE(PackedType.WORD),
    /** From 1; moves with the definition and the state. */
    REVISION(PackedType.COUNT),
    /** Redis' time at creation in base 36. */
    INCARNATION(PackedType.WORD),
    /** When the revision moved last, by the clock of the caller. */
    UPDATED(PackedType.MILLIS),
    /**
     * The next occurrence, nominal, which a pause holds back; none for a job that waits for
     * something else.
     */
    NEXT(PackedType.MILLIS),
    /** Whether it is due at another instant than its next occurrence. */
    DISPLACED(PackedType.BYTE),
    /** The latest claimed occurrence, nominal. */
    LAST(PackedType.MILLIS),
    /** How many occurrences were accepted, which {@code maxRuns} counts. */
    ACCEPTED(PackedType.COUNT),
    /** How many missed occurrences in a row were made good. */
    CAUGHT_UP(PackedType.COUNT),
    /** Runs whose first attempt began. */
    STARTED(PackedType.COUNT),
    SUCCEEDED(PackedType.COUNT),
    FAILED(PackedType.COUNT),
    /** Occurrences that did not run. */
    SKIPPED(PackedType.COUNT),
    /** Failed runs since the latest good one; counted where the terms say so. */
    FAILURES(PackedType.COUNT),
    /** When its latest pause ended, by the clock of the caller. */
    RESUMED(PackedType.MILLIS),
    /** The state in which its latest run ended; {@code none} before. Decides its list. */
    OUTCOME(PackedType.WORD),
    /** Suffixes of the runs that hold slots, joined by spaces; {@code *} where a set has them. */
    HOLDING(PackedType.WORD),
    /** The run that holds a slot of the job and waits for one of the scheduler. */
    AT_SCHEDULER(PackedType.WORD),
    /** How long one attempt may take, guard included, ms. */
    TIMEOUT(PackedType.COUNT),
    /** Its {@link #TERMS}; empty where it has none. */
    TERMS(PackedType.TEXT),
    /** Joined by spaces. */
    TAGS(PackedType.WORD);

    private final PackedType type;

    JobField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  /** What the scripts obey of a job's definition, for the jobs whose definition says any of it. */
  enum TermField implements PackedField {
    /** Most runs that hold slots of the job; 0 for any. */
    LIMIT(PackedType.COUNT),
    /** {@code skip} or {@code queue}. */
    ON_LIMIT(PackedType.WORD),
    /** Most runs that wait for a slot of the job. */
    MAX_QUEUE(PackedType.COUNT),
    /** Accepted occurrences that complete it; 0 for never. */
    MAX_RUNS(PackedType.COUNT),
    /** Failed runs in a row that pause it; 0 for never. */
    PAUSE_AFTER(PackedType.COUNT),
    /** Whether it rests between the end of a run and the next occurrence. */
    RESTS(PackedType.BYTE),
    /** The shortest such rest. */
    REST_LEAST(PackedType.MILLIS),
    /** The longest such rest. */
    REST_MOST(PackedType.MILLIS),
    /** The first instant at which it no longer runs. */
    END_AT(PackedType.MILLIS),
    /** The longest delay drawn for an occurrence. */
    JITTER(PackedType.MILLIS),
    /** Whether the receiver reports the completion. */
    REPORTED(PackedType.BYTE);

    private final PackedType type;

    TermField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  /** A run under way. */
  enum RunField implements PackedField {
    /** The word of a {@link io.carillon.job.RunState}. */
    STATE(PackedType.WORD),
    /** Whether there is something in {@code run:<id>}. */
    MORE(PackedType.BYTE),
    /** Number of the present or latest attempt; 0 before the first. */
    ATTEMPT(PackedType.COUNT),
    /** Attempts that died with their replica. */
    CRASHES(PackedType.COUNT),
    /** When the first attempt was taken. */
    STARTED(PackedType.MILLIS),
    /** When the present attempt was taken. */
    TAKEN(PackedType.MILLIS),
    /** When it got its slots, in the order of coming, microseconds. */
    SLOT(PackedType.MICROS),
    /** The word of a {@link io.carillon.job.Trigger}. */
    TRIGGER(PackedType.WORD),
    /** Its nominal instant. */
    SCHEDULED(PackedType.MILLIS),
    /** The job's revision when it was accepted. */
    REVISION(PackedType.COUNT),
    /** Replica and token of its owner, joined by a slash. */
    OWNER(PackedType.WORD);

    private final PackedType type;

    RunField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  /** The first line of an entry of a history. */
  enum EndedField implements PackedField {
    /** The run's id without its job's. */
    SUFFIX(PackedType.WORD),
    STATE(PackedType.WORD),
    TRIGGER(PackedType.WORD),
    SCHEDULED(PackedType.MILLIS),
    STARTED(PackedType.MILLIS),
    FINISHED(PackedType.MILLIS),
    ATTEMPT(PackedType.COUNT),
    CRASHES(PackedType.COUNT),
    REVISION(PackedType.COUNT),
    /** How many occurrences it stands for that did not run. */
    MISSED(PackedType.COUNT),
    /** Attempts joined by semicolons. */
    ATTEMPTS(PackedType.TEXT),
    /** JSON given with the run. */
    PAYLOAD(PackedType.TEXT),
    REASON(PackedType.TEXT);

    private final PackedType type;

    EndedField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  /** The first line of a pause; the reason follows in a new line. */
  enum PauseField implements PackedField {
    /** By the clock of the caller. */
    SINCE(PackedType.MILLIS),
    /** When it ends by itself. */
    RESUMES_AT(PackedType.MILLIS),
    REASON(PackedType.TEXT);

    private final PackedType type;

    PauseField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  /** A lifecycle event; those of one script are in one entry of the stream. */
  enum EventField implements PackedField {
    /** The word of an {@link io.carillon.job.EventType}. */
    TYPE(PackedType.WORD),
    JOB(PackedType.WORD),
    /** Joined by spaces. */
    TAGS(PackedType.WORD),
    RUN(PackedType.WORD),
    /** The {@link #RUN} record without its owner. */
    RECORD(PackedType.TEXT),
    FINISHED(PackedType.MILLIS),
    /** How many occurrences did not run. */
    MISSED(PackedType.COUNT),
    /** The attempt that it is about. */
    ATTEMPTS(PackedType.TEXT),
    REASON(PackedType.TEXT),
    /** More names and values, each with a NUL behind it. */
    DETAILS(PackedType.TEXT);

    private final PackedType type;

    EventField(PackedType type) {
      this.type = type;
    }

    @Override
    public PackedType type() {
      return type;
    }
  }

  static final PackedRecord<JobField> JOB =
      new PackedRecord<>("job", 'J', JobField.class, "id", "read_terms", "created");
  static final PackedRecord<TermField> TERMS = new PackedRecord<>("terms", 'T', TermField.class);
  static final PackedRecord<RunField> RUN = new PackedRecord<>("run", 'R', RunField.class, "id");
  static final PackedRecord<EndedField> ENDED = new PackedRecord<>("ended", 'H', EndedField.class);
  static final PackedRecord<PauseField> PAUSE = new PackedRecord<>("pause", 'P', PauseField.class);
  static final PackedRecord<EventField> EVENT = new PackedRecord<>("event", 'E', EventField.class);

  static final List<PackedRecord<?>> RECORDS = List.of(JOB, TERMS, RUN, ENDED, PAUSE, EVENT);

  private Schema() {}

  /** The functions that read and write the records, in Lua. */
  static String lua() {
    return RECORDS.stream().map(PackedRecord::lua).collect(Collectors.joining());
  }
}
