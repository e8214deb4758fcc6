package io.carillon.engine.twin;

import io.carillon.job.Counters;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import java.time.Instant;
import java.util.Optional;

/** A job as it stands, and when the engine has something to do for it. */
final class JobEntry {

  final String id;
  final String incarnation;
  final Instant createdAt;

  long revision;
  JobState state;
  Optional<Pause> pause;
  Definition definition;
  Instant updatedAt;
  Instant anchor;
  Optional<Instant> pending = Optional.empty();
  Optional<Instant> due = Optional.empty();
  Optional<Instant> lastOccurrence = Optional.empty();
  Optional<Instant> resumedAt = Optional.empty();
  long accepted;
  int caughtUp;
  int failuresInRow;
  private long started;
  private long succeeded;
  private long failed;
  private long skipped;

  /** The latest run of its history that ran. */
  Optional<Run> lastRun = Optional.empty();

  JobEntry(String id, String incarnation, Instant createdAt) {
    this.id = id;
    this.incarnation = incarnation;
    this.createdAt = createdAt;
  }

  JobEntry copy() {
    JobEntry copy = new JobEntry(id, incarnation, createdAt);
    copy.revision = revision;
    copy.state = state;
    copy.pause = pause;
    copy.definition = definition;
    copy.updatedAt = updatedAt;
    copy.anchor = anchor;
    copy.pending = pending;
    copy.due = due;
    copy.lastOccurrence = lastOccurrence;
    copy.resumedAt = resumedAt;
    copy.accepted = accepted;
    copy.caughtUp = caughtUp;
    copy.failuresInRow = failuresInRow;
    copy.started = started;
    copy.succeeded = succeeded;
    copy.failed = failed;
    copy.skipped = skipped;
    copy.lastRun = lastRun;
    return copy;
  }

  void advanceTo(Optional<Instant> next, Optional<Instant> dueAt) {
    pending = next;
    due = dueAt;
  }

  void countStart() {
    started++;
  }

  void uncountStart() {
    started--;
  }

  void countSkipped(int count) {
    skipped += count;
  }

  /** A run of it has ended; another such end would not be the first in its row. */
  void countRow(RunState as) {
    if (as == RunState.FAILED) {
      failuresInRow++;
    } else if (as == RunState.SUCCEEDED) {
      failuresInRow = 0;
    }
  }

  /** What became of a run counts no longer, because it is offered again. */
  void uncount(RunState as) {
    succeeded -= as == RunState.SUCCEEDED ? 1 : 0;
    failed -= as == RunState.FAILED ? 1 : 0;
  }

  void count(Run ended) {
    succeeded += ended.state() == RunState.SUCCEEDED ? 1 : 0;
    failed += ended.state() == RunState.FAILED ? 1 : 0;
  }

  boolean hasHadAll() {
    return definition.maxRuns().filter(most -> accepted >= most).isPresent();
  }

  /** Whether it would have one to come if the last one did not count. */
  boolean hasJustHadAll() {
    return definition.maxRuns().filter(most -> accepted == most).isPresent();
  }

  Job job() {
    return job(lastRun);
  }

  Job withoutLastRun() {
    return job(Optional.empty());
  }

  private Job job(Optional<Run> latest) {
    return new Job(
        id,
        revision,
        incarnation,
        state,
        pause,
        definition,
        createdAt,
        updatedAt,
        anchor,
        pending,
        lastOccurrence,
        accepted,
        caughtUp,
        new Counters(started, succeeded, failed, skipped),
        resumedAt,
        latest);
  }
}
