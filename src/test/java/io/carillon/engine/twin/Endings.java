package io.carillon.engine.twin;

import io.carillon.job.Attempt;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How runs end, and what follows from it for their jobs. */
final class Endings {

  private final State state;

  Endings(State state) {
    this.state = state;
  }

  /** Nothing is left to run. */
  void complete(JobEntry job) {
    change(job, JobState.COMPLETED);
    job.advanceTo(Optional.empty(), Optional.empty());
    state.tell(Told.of("job.completed", job).with("revision", job.revision));
  }

  private void change(JobEntry job, JobState to) {
    job.state = to;
    job.revision++;
    job.updatedAt = state.now();
  }

  /**
   * Ends a run that nobody has any more.
   *
   * @param last the attempt that ended with it, if one did
   */
  void end(RunEntry run, RunState as, Optional<String> reason, Optional<Attempt> last) {
    last.ifPresent(run.attempts::add);
    forget(run, as);
    JobEntry job = state.jobs.get(run.id.jobId());
    Run ended = run.ended(reason, state.now());
    state.record(new Past(ended, run));
    job.count(ended);
    if (as == RunState.FAILED) {
      state.failures.add(run.id);
    }
    state.tell(
        Told.of("run." + as.word(), job).about(RunEntry.telling(ended, last.stream().toList())));
    boolean gone = last.flatMap(Attempt::error).equals(Optional.of("gone"));
    if (!gone) {
      afterEnd(job, as);
    } else if (job.state == JobState.ACTIVE) {
      pause(job, "gone");
    }
  }

  private void forget(RunEntry run, RunState as) {
    state.runs.remove(run.id.toString());
    run.end(as);
  }

  /** Its guard said no. */
  void skip(RunEntry run, Optional<String> reason) {
    JobEntry job = state.jobs.get(run.id.jobId());
    job.uncountStart();
    run.startedAt = Optional.empty();
    skipAccepted(job, run, reason);
  }

  /** A run that waited finds no slot and no place to wait. */
  void refuse(RunEntry run, String reason) {
    skipAccepted(state.jobs.get(run.id.jobId()), run, Optional.of(reason));
  }

  /**
   * It has not happened, so an occurrence gives back what it was counted as; but not one that had
   * begun before it was redelivered.
   */
  private void skipAccepted(JobEntry job, RunEntry run, Optional<String> reason) {
    forget(run, RunState.SKIPPED);
    recordSkip(job, run, reason, 1);
    boolean occurrence =
        run.startedAt.isEmpty()
            && (run.trigger == Trigger.SCHEDULE || run.trigger == Trigger.CATCH_UP);
    boolean wasLast = job.state == JobState.COMPLETED && job.hasJustHadAll();
    job.accepted -= occurrence ? 1 : 0;
    if (occurrence && wasLast) {
      reopen(job);
    } else {
      afterEnd(job, RunState.SKIPPED);
    }
  }

  private void reopen(JobEntry job) {
    change(job, JobState.ACTIVE);
    job.due = Optional.of(state.now());
    state.tell(Told.of("job.updated", job).with("revision", job.revision));
    state.hints.tell(listener -> listener.jobWritten(job.id, state.now()));
  }

  /** Occurrences that did not happen are one run of the history, as long as nothing did happen. */
  void recordSkip(JobEntry job, RunEntry run, Optional<String> reason, int count) {
    run.state = RunState.SKIPPED;
    int before = state.takeLatestSkip(job.id, reason);
    state.record(new Past(run.skipped(reason, state.now(), before + count), run));
    job.countSkipped(count);
    state.tell(Told.of("run.skipped", job).about(run.skipped(reason, state.now(), count)));
  }

  /** What it means for a job that a run of it is over. */
  void afterEnd(JobEntry job, RunState as) {
    Optional<Integer> most = job.definition.pauseAfter();
    if (most.isPresent()) {
      job.countRow(as);
      boolean tooMany = as == RunState.FAILED && job.failuresInRow >= most.get();
      if (tooMany && job.state == JobState.ACTIVE) {
        pause(job, job.failuresInRow + " failed runs in a row");
        return;
      }
    }
    rest(job);
  }

  private void pause(JobEntry job, String reason) {
    change(job, JobState.PAUSED);
    job.pause = Optional.of(new Pause(Optional.of(reason), state.now(), Optional.empty()));
    job.failuresInRow = 0;
    job.advanceTo(job.pending, Optional.empty());
    state.tell(Told.of("job.paused", job).with("revision", job.revision).with("reason", reason));
    state.hints.tell(listener -> listener.jobNotDue(job.id));
  }

  /** A job that rests between its runs is due again some time after the last one has ended. */
  private void rest(JobEntry job) {
    boolean resting =
        job.state == JobState.ACTIVE && job.due.isEmpty() && state.activeRuns(job.id).isEmpty();
    if (!resting || job.definition.rest().isEmpty()) {
      return;
    }
    Duration least = job.definition.rest().get().least();
    Duration longest = job.definition.rest().get().longest();
    Instant next = state.now().plus(least).plus(draw(longest.minus(least)));
    if (job.definition.endAt().filter(end -> !next.isBefore(end)).isPresent()) {
      complete(job);
      return;
    }
    job.advanceTo(Optional.of(next), Optional.of(next.plus(draw(job.definition.jitter()))));
    state.hints.tell(listener -> listener.jobWritten(job.id, job.due.orElseThrow()));
  }

  /** What the store draws by chance is always half of what it may be, in whole ms. */
  private static Duration draw(Duration below) {
    return Duration.ofMillis(below.toMillis() / 2);
  }

  /** The runs of a job end with it, and nobody records how. */
  void drop(JobEntry job, List<RunEntry> runs) {
    for (RunEntry run : runs) {
      forget(run, RunState.CANCELLED);
      state.tell(Told.of("run.cancelled", job).about(run.deleted()));
    }
  }
}
