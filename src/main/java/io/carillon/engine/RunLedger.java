package io.carillon.engine;

import io.carillon.job.Attempt;
import io.carillon.job.Definition;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The truth about runs: what is accepted, who delivers it, how it ended. Every method is one atomic
 * change that may be repeated after an unknown outcome. The three on the hot path answer later and
 * answer each item by itself, in order; a stage fails with {@link StoreUnavailable}. The others
 * block, {@link #owned} apart.
 */
public interface RunLedger {

  /**
   * How long a taken run may wait inside a replica; after that it is handed back instead of sent.
   */
  Duration LOCAL_QUEUEING = Duration.ofSeconds(10);

  /**
   * Accepts occurrences and advances their jobs. The first runs of them that are ready at once, as
   * many as the caller has room for, are handed to it as if it had taken them.
   *
   * @param epoch the leader's fencing number
   * @param claims at most one of a job
   */
  CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims, HandOff to);

  /**
   * What a replica owns under the token of a hand-off; for a claim whose outcome is unknown. From
   * then on nothing more is handed off under that token, even if the claim arrives only then. Slow.
   */
  CompletionStage<List<TakenRun>> owned(String replica, String token);

  /** Takes ready runs for delivery. The same token again answers what is still owned under it. */
  CompletionStage<Taken> take(Take take);

  /** Records how deliveries ended; {@code STALE} where the run is no longer the caller's. */
  CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes);

  /** Accepts a run by hand, as far as the limits allow. */
  Acceptance accept(ByHand run);

  /** The same under an idempotency key, and notes it there: one change. */
  Acceptance accept(ByHand run, IdempotencyKeys.Claim under);

  /** A run as it was accepted under an idempotency key, if the key is still kept. */
  Optional<Run> acceptedUnder(String key, RunId id);

  /**
   * Ends a run at once, whatever it is at.
   *
   * @return false when it has ended or never was
   */
  boolean cancel(RunId id);

  /** Offers an ended run again, under its name, as far as the limits allow. */
  Acceptance redeliver(RunId id);

  /** Takes a receiver's report of how its work ended. */
  Reception complete(Report report);

  /**
   * Failed runs of all jobs, latest failure first, as far as they are still known as failed.
   *
   * @param before a position that an earlier page answered
   */
  Failures failures(Optional<String> before, int size);

  /**
   * Offers again what was taken and not finished in time, and what dead replicas had taken.
   *
   * @param replica who asks; it is alive
   * @param max how many runs to look at
   */
  Reaped reap(String replica, int max);

  /** A job's runs, active ones and the history, newest scheduled time first. */
  List<Run> runs(String jobId);

  Optional<Run> find(RunId id);

  /** How many runs are under way or wait, over all jobs. */
  Load load();

  /**
   * Looks at a part of the ledger for what must not be, and changes nothing. What it looks at it
   * sees at one moment, but another part at another.
   *
   * @param from where an earlier look ended; empty to begin
   * @param max about how many runs, jobs and entries of indexes to look at
   */
  Audit audit(Optional<String> from, int max);

  /**
   * One occurrence to accept, or to pass over.
   *
   * @param revision the job's revision that the caller computed with
   * @param due the instant under which the job is known to be due: the compare of compare-and-set
   * @param occurrence the nominal time; the job's last claimed occurrence lies before it
   * @param upcoming what the job is advanced to
   * @param missed occurrences before this one that do not run
   */
  record Claim(
      String jobId,
      long revision,
      Instant due,
      Instant occurrence,
      Kind kind,
      Upcoming upcoming,
      Optional<Missed> missed) {

    /** What to do with the occurrence. */
    public enum Kind {
      /** Run it as scheduled. */
      FIRE,
      /** Run it late, for a misfire policy. */
      CATCH_UP,
      /** Record it, and those before it, as missed. */
      SKIP,
      /** Let it pass: it fell into a pause. What of it is missed is recorded for that reason. */
      PASS
    }
  }

  /**
   * Occurrences that were missed and do not run.
   *
   * @param latest the last of them
   * @param count from 1
   */
  record Missed(Instant latest, long count) {}

  /**
   * A job's next occurrence.
   *
   * @param dueAt {@code scheduledAt} and the drawn jitter
   */
  record Next(Instant scheduledAt, Instant dueAt) {}

  /**
   * What the author of claims can deliver itself.
   *
   * @param token drawn anew for each call
   * @param room for how many runs; 0 when none is to be handed off
   */
  record HandOff(String replica, String token, int room) {

    /** Everything becomes ready for whoever takes it. */
    public static final HandOff NONE = new HandOff("", "", 0);
  }

  /** What became of a claim. */
  sealed interface ClaimResult {

    /** The occurrence has this name, and the job was advanced. */
    sealed interface Accepted extends ClaimResult {
      RunId run();
    }

    /** Accepted under this name, or passed over. */
    record Claimed(RunId run) implements Accepted {}

    /**
     * Accepted, and handed to the caller, whose attempt has begun.
     *
     * @param at when it was handed off
     * @param reportToken with which the receiver reports its completion, if it is to
     */
    record HandedOff(RunId run, Instant at, Optional<String> reportToken) implements Accepted {}

    /** The job is not as the caller thought: claimed before, changed, paused or deleted. */
    record Stale() implements ClaimResult {}

    /**
     * A limit refused it; it was recorded as skipped, and the job advanced.
     *
     * @param reason {@code overlap}, {@code limit} or {@code queue-full}
     */
    record Refused(String reason) implements ClaimResult {}

    /** By the ledger's clock it is not due yet, or its occurrence is still to come. */
    record Early(Duration by) implements ClaimResult {}

    /** The whole scheduler is paused. */
    record SchedulerPaused() implements ClaimResult {}

    /** The caller no longer leads. */
    record Fenced() implements ClaimResult {}
  }

  /**
   * A wish for runs.
   *
   * @param token drawn anew for each wish, the same when one is repeated
   * @param max how many at most
   */
  record Take(String replica, String token, int max) {}

  /**
   * What a wish got.
   *
   * @param untilNext how long until the next run becomes ready; empty when none is known
   */
  record Taken(List<TakenRun> runs, Optional<Duration> untilNext) {}

  /**
   * A run to be delivered by the replica that took it.
   *
   * @param token under which it is owned
   * @param attempt the number of this attempt, from 1
   * @param crashes how many attempts before died with their replica
   * @param at when it was taken
   * @param firstAttemptAt when its first attempt was taken; equals {@code at} for the first
   * @param definition the job's definition as it stands now
   * @param payload JSON given with a run by hand
   * @param reportToken with which the receiver reports its completion, if it is to
   */
  record TakenRun(
      RunId id,
      String token,
      Trigger trigger,
      Instant scheduledAt,
      int attempt,
      int crashes,
      Instant at,
      Instant firstAttemptAt,
      Definition definition,
      Optional<String> payload,
      Optional<String> reportToken) {

    public boolean isFirstAttempt() {
      return at.equals(firstAttemptAt);
    }
  }

  /** How one delivery ended. */
  record Finish(RunId id, String token, Outcome outcome) {}

  /** What follows from an attempt. */
  sealed interface Outcome {
    /** The run ends; as {@code skipped} when its guard said no. */
    record Ended(RunState state, Optional<String> reason, Attempt attempt) implements Outcome {}

    /** The run is tried again after a delay. */
    record Retry(Duration delay, Attempt attempt) implements Outcome {}

    /** The receiver is at work and will report; by then, or the run fails. */
    record Awaiting(Duration patience, Attempt attempt) implements Outcome {}

    /** Nothing was sent: somebody else shall take it, at once. */
    record HandedBack() implements Outcome {}
  }

  /** Whether an outcome was recorded. */
  enum FinishResult {
    RECORDED,

    /** The run is no longer the caller's. */
    STALE,

    /** The ledger is damaged where it would be recorded; the run is offered again later. */
    UNRECORDABLE
  }

  /**
   * A run by hand.
   *
   * @param id drawn by the caller, so that a repeat is the same run
   * @param payload JSON for the webhook's body
   */
  record ByHand(RunId id, Instant requestedAt, Optional<String> payload) {}

  /** Whether a run was accepted. */
  sealed interface Acceptance {
    record Accepted(Run run) implements Acceptance {}

    /**
     * A limit refused it; nothing was left of it.
     *
     * @param reason {@code overlap}, {@code limit} or {@code queue-full}
     */
    record Refused(String reason) implements Acceptance {}

    /** It has not ended yet, so it cannot be accepted again. */
    record StillActive() implements Acceptance {}

    /** The job, in this incarnation, or the run is not known, or no longer. */
    record Absent() implements Acceptance {}

    /** The claim of its idempotency key was replaced, or has made something. */
    record ClaimLost() implements Acceptance {}
  }

  /**
   * A receiver's report.
   *
   * @param state {@code succeeded} or {@code failed}
   * @param token the run's own; empty when the reporter was let in otherwise
   */
  record Report(RunId id, RunState state, Optional<String> message, Optional<String> token) {}

  /** What became of a report. */
  enum Reception {
    TAKEN,
    /** The run has ended, or never was. */
    ENDED,
    /** The token is not this run's. */
    FORBIDDEN,
    /** Nobody waits for a report on this run. */
    UNEXPECTED
  }

  /**
   * Some failed runs.
   *
   * @param next where the list goes on; empty at its end
   */
  record Failures(List<Run> runs, Optional<String> next) {}

  /**
   * What the reaper found.
   *
   * @param offeredAgain runs that another replica may take now
   * @param failed runs that crashed too often
   */
  record Reaped(int offeredAgain, int failed) {}

  /**
   * How busy the service is, over all replicas.
   *
   * @param active runs that hold a slot
   * @param queued runs that wait for one
   */
  record Load(long active, long queued) {}
}
