package io.carillon.redis;

import io.carillon.engine.JobStore.Timed;
import io.carillon.job.Job;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads jobs as {@code found.lua} answers them. */
final class JobReader {

  private static final Logger LOG = Logger.getLogger(JobReader.class);

  /** What is found of each job: its parts, then when it is due. */
  private static final int FIELDS = 5;

  private static final int DUE_FIELD = 4;

  private final RedisLink link;
  private final Definitions definitions;
  private final RedisScript findJobs;

  JobReader(RedisLink link, Definitions definitions, Partition partition) {
    this.link = link;
    this.definitions = definitions;
    this.findJobs = partition.script("find-jobs");
  }

  Optional<Job> find(String id) {
    return StoredJob.of(id, found(List.of(id), true), 0).map(found -> found.job(definitions));
  }

  /** The jobs with these ids, as far as they exist and can be read, in this order. */
  List<Timed> read(List<String> ids, boolean withRuns) {
    return ids.isEmpty() ? List.of() : read(ids, found(ids, withRuns), 0);
  }

  /**
   * Reads what a script has found of jobs.
   *
   * @param from where in the reply the first of them begins
   */
  List<Timed> read(List<String> ids, Response found, int from) {
    List<Timed> jobs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      int at = from + FIELDS * i;
      StoredJob.of(ids.get(i), found, at)
          .flatMap(job -> readable(job, found.get(at + DUE_FIELD)))
          .ifPresent(jobs::add);
    }
    return jobs;
  }

  private Response found(List<String> ids, boolean withRuns) {
    ScriptCall call = findJobs.call().with("with_runs", withRuns ? "1" : "");
    ids.forEach(id -> call.item().with("job", id));
    return call.await(link);
  }

  /** One job that cannot be read, written by a newer version perhaps, must not hide the others. */
  private Optional<Timed> readable(StoredJob found, Response dueAt) {
    try {
      Optional<Instant> due = Texts.present(dueAt.toString()).map(Texts::instant);
      return Optional.of(new Timed(found.job(definitions), due));
    } catch (RuntimeException unreadable) {
      LOG.errorf(unreadable, "job not readable job=%s", found.id());
      return Optional.empty();
    }
  }
}
