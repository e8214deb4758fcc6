package io.carillon.redis;

import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import java.util.List;
import java.util.Locale;

/**
 * The names of the keys of one partition. All share one hash tag, so that every script works on one
 * slot of a cluster. A script is given the {@linkplain Known keys that there is one of} by name; it
 * builds the others from the prefix, as do the methods here.
 *
 * @param prefix what all names begin with, hash tag included
 */
record Keys(String prefix) {

  /** The only partition, or the first of several. */
  static final Keys FIRST = new Keys("carillon:{0}:");

  /** The keys that there is one of. */
  enum Known {
    /** Hash: the version of the stored format and when it was first written, see {@link Format}. */
    FORMAT,
    /** String, expires: replica, epoch, since and Redis client id of the leader. */
    LEASE,
    /** String: the fencing number. */
    EPOCH,
    /** Hash: the settings of the whole scheduler. */
    SCHEDULER,
    /** Sorted set: replica, version and start by the instant at which it was last alive, ms. */
    REPLICAS,
    /** Sorted set: job id by the instant at which the engine has something to do for it, ms. */
    DUE,
    /**
     * Sorted set: job id by its next occurrence, ms, infinite for none, of the jobs that are due at
     * another instant than that: for their jitter, or at the end of a pause.
     */
    DISPLACED,
    /** Hash: job id to its {@link Schema#JOB} record. */
    JOBS,
    /** Hash: job id to its definition, see {@link StoredDefinition}. */
    DEFINITIONS,
    /** Hash: job id to what a search compares of its definition, see {@link SearchedText}. */
    SEARCHED,
    /**
     * Hash: id of a paused job to its {@link Schema#PAUSE} record, then the reason in a new line.
     */
    PAUSES,
    /** Hash: run id to the {@link Schema#RUN} record of a run under way. */
    RUNS,
    /** Sorted set: run id by not-before, ms. */
    READY,
    /** Sorted set: run id by the deadline of its delivery, ms. */
    INFLIGHT,
    /** Sorted set: run id by the deadline of its completion, ms. */
    AWAITING,
    /**
     * Sorted set: ids of runs that wait for a slot, of their job or of the scheduler, by coming.
     */
    QUEUED,
    /** Sorted set: ids of runs that hold a slot of their job and wait for one of the scheduler. */
    WAIT,
    /**
     * Sorted set: ids of jobs whose waiting runs a call had to leave, by coming; * for those that
     * wait for a slot of the scheduler. The next call that lets runs go on begins with them.
     */
    PROMOTIONS,
    /** Stream: the ids of failed runs. */
    FAILED,
    /** Stream: the lifecycle events, many in an entry, whose id is the position of the last. */
    EVENTS
  }

  String of(Known known) {
    return prefix + known.name().toLowerCase(Locale.ROOT);
  }

  List<String> of(List<Known> known) {
    return known.stream().map(this::of).toList();
  }

  /** The channel of the hints. */
  String hints() {
    return prefix + "hints";
  }

  /** Hash: payload, earlier attempts and report token of a run that has any. */
  String run(String id) {
    return prefix + "run:" + id;
  }

  /** Set: suffixes of the runs of a job that hold slots, where they are too many for its record. */
  String holding(String jobId) {
    return prefix + "holding:" + jobId;
  }

  /** Sorted set: ids of the runs that wait for a slot of their job, by coming. */
  String waiting(String jobId) {
    return prefix + "wait:" + jobId;
  }

  /** List: the ended runs of a job, latest end first, see {@link EndedRun}. */
  String history(String jobId) {
    return prefix + "history:" + jobId;
  }

  /** Hash, expires: what is known of an idempotency key, see {@code idempotency.lua}. */
  String idempotency(String key) {
    return prefix + "idempotency:" + key;
  }

  /** Sorted set of one score: ids of the jobs with a tag. */
  String tag(String tag) {
    return prefix + "tag:" + tag;
  }

  /** Sorted set of one score: ids of the jobs in a state whose latest run had an outcome. */
  String listed(JobState state, LastOutcome outcome) {
    return prefix + "listed:" + state.word() + ':' + outcome.word();
  }
}
