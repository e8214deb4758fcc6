package io.carillon.redis;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names of everything in Redis. All share one hash tag, so that every script works on one slot
 * of a cluster. Every script is given the keys that have one name ({@link Known}) in one order and
 * knows them by these constants; the others it builds from {@link #PREFIX}.
 */
final class Keys {

  static final String PREFIX = "carillon:{0}:";

  /** The channel of the hints. */
  static final String HINTS = PREFIX + "hints";

  /** The keys that there is one of. */
  enum Known {
    /** string, expires: replica, epoch, since and Redis client id of the leader. */
    LEASE,
    /** string: the fencing number. */
    EPOCH,
    /** sorted set: job id by the instant at which the engine has something to do for it. */
    DUE,
    /** hash: run id to the packed record of an active run. */
    RUNS,
    /** sorted set: run id by not-before. */
    READY,
    /** sorted set: run id by the deadline of its delivery. */
    INFLIGHT,
    /** sorted set: run id by the deadline of its completion. */
    AWAITING,
    /**
     * sorted set of one score: the runs that hold their slots, one of their job and one of the
     * scheduler; those of a job lie together.
     */
    ACTIVE,
    /**
     * sorted set: run id by its coming; the runs that hold a slot of their job and wait for one of
     * the scheduler.
     */
    WAIT,
    /** stream: the ids of failed runs. */
    FAILED,
    /** stream: the lifecycle events, many in an entry, whose id is the position of the last. */
    EVENTS,
    /** sorted set of one score: all job ids. */
    JOBS,
    /** sorted set: replica, version and start by when it was last alive. */
    REPLICAS,
    /** hash: the settings of the whole scheduler. */
    SCHEDULER;

    String key() {
      return PREFIX + name().toLowerCase(Locale.ROOT);
    }
  }

  static final List<String> KNOWN = Arrays.stream(Known.values()).map(Known::key).toList();

  private Keys() {}

  static String job(String id) {
    return PREFIX + "job:" + id;
  }

  static String run(String id) {
    return PREFIX + "run:" + id;
  }

  /** Where the runs of a job begin among those of all, in the words of a lexicographic range. */
  static String firstOf(String jobId) {
    return "[" + jobId + '_';
  }

  /** Where they end: what follows an underscore stands in no id. */
  static String behindLastOf(String jobId) {
    return "(" + jobId + (char) ('_' + 1);
  }

  static String waiting(String jobId) {
    return PREFIX + "wait:" + jobId;
  }

  static String history(String jobId) {
    return PREFIX + "history:" + jobId;
  }

  static String idempotency(String key) {
    return PREFIX + "idempotency:" + key;
  }

  static String tag(String tag) {
    return PREFIX + "tag:" + tag;
  }

  static String state(String state) {
    return PREFIX + "state:" + state;
  }

  /** Lua's declarations of the known keys. */
  static String luaDeclarations() {
    String names = Arrays.stream(Known.values()).map(Known::name).collect(Collectors.joining(", "));
    return "local %s = unpack(KEYS)%nlocal PREFIX, HINTS = '%s', '%s'%n"
        .formatted(names, PREFIX, HINTS);
  }
}
