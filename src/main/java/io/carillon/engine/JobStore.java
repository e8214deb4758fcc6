package io.carillon.engine;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where registered jobs are kept, with the instants at which they are due. Each write is one atomic
 * change, its event included, and takes effect only on the revision that its author saw. All calls
 * block; a store out of reach is a {@link StoreUnavailable}.
 */
public interface JobStore {

  /**
   * The jobs with these ids, as far as they exist, in any order. Fails as a whole where one of them
   * cannot be read.
   */
  List<Timed> find(Collection<String> ids);

  default Optional<Job> find(String id) {
    return find(List.of(id)).stream().map(Timed::job).findFirst();
  }

  /**
   * The jobs with these ids, as far as they exist, in any order, as the engine needs them: without
   * their latest runs, and without those that cannot be read.
   */
  List<Timed> load(Collection<String> ids);

  /**
   * Jobs in an order, page by page.
   *
   * @param after the place behind which the page begins; empty for the first page
   */
  Page list(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after);

  /**
   * Creates or replaces jobs, each by itself: some may be written and others not. Of two puts of
   * one job the later one is a conflict, since its author cannot have seen the earlier one.
   *
   * @return what became of each, in their order; written jobs as they are after all of them
   */
  List<Written> putAll(List<Put> puts);

  /** Creates or replaces a job. */
  default Written put(Put put) {
    Written written = putAll(List.of(put)).get(0);
    if (written instanceof Written.Failed failed) {
      throw failed.cause();
    }
    return written;
  }

  /** A job as it was created under an idempotency key, if the key is still kept. */
  Optional<Job> createdUnder(String key, String id);

  /** Pauses, resumes or completes a job. */
  Written setState(SetState change);

  /**
   * Deletes a job with its runs and their history.
   *
   * @return false when there is no such job, or it has another revision
   */
  boolean delete(String id, long revision);

  /**
   * The jobs that are due within a span of time, soonest first.
   *
   * @param from inclusive, as is {@code until}
   * @param limit the most to answer
   */
  List<Due> due(Instant from, Instant until, int limit);

  /** How many jobs are due before an instant. */
  long overdue(Instant now);

  /**
   * Some of a list; few or none when what matches is rare among what has to be looked at.
   *
   * @param next the place behind which the list goes on; empty at its end
   */
  record Page(List<Job> jobs, Optional<JobPlace> next) {}

  /**
   * A job and when the engine has something to do for it.
   *
   * @param at jitter included; for a paused job the end of its pause
   */
  record Due(String jobId, Instant at) {}

  /**
   * A job and when the engine has something to do for it, read one shortly after the other.
   *
   * @param dueAt empty when there is nothing to do
   */
  record Timed(Job job, Optional<Instant> dueAt) {}

  /**
   * A job to be created or replaced.
   *
   * @param revision the revision it replaces, 0 for none
   * @param seenNext the {@code pending} occurrence of the job that it replaces, as the author of
   *     the write saw it: the write is computed from it, and claims move it without moving the
   *     revision
   * @param at the instant of creation or update
   * @param nextRunAt the next occurrence, without jitter; a paused job keeps it for its resumption
   * @param dueAt when the engine has something to do for it
   * @param under the claim of the idempotency key under which it is created: it is noted there in
   *     the same change, and a job that has this id already was made for this key
   */
  record Put(
      String id,
      long revision,
      Optional<Instant> seenNext,
      Definition definition,
      JobState state,
      Optional<Pause> pause,
      Instant at,
      Instant anchor,
      Optional<Instant> nextRunAt,
      Optional<Instant> dueAt,
      Optional<Claim> under) {

    public Put under(Claim claim) {
      return new Put(
          id,
          revision,
          seenNext,
          definition,
          state,
          pause,
          at,
          anchor,
          nextRunAt,
          dueAt,
          Optional.of(claim));
    }
  }

  /**
   * A change of a job's state, its definition untouched.
   *
   * @param nextRunAt the next occurrence, without jitter; of no effect on a pause, which holds back
   *     what was to come by then
   */
  record SetState(
      String id,
      long revision,
      JobState state,
      Optional<Pause> pause,
      Instant at,
      Optional<Instant> nextRunAt,
      Optional<Instant> dueAt) {}

  /** What became of a write. */
  sealed interface Written {
    /** It holds from now on. */
    record Done(Job job) implements Written {}

    /** The job is no longer as the author of the write saw it. */
    record Conflict() implements Written {}

    /** There is no such job. */
    record Absent() implements Written {}

    /** The claim of its idempotency key was replaced, or has made something. */
    record ClaimLost() implements Written {}

    /**
     * It could not be written down, the store refused it, or it is not known whether it holds;
     * {@link StoreUnavailable} where the store is to blame.
     */
    record Failed(RuntimeException cause) implements Written {}
  }
}
