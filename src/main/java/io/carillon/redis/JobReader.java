package io.carillon.redis;

import io.carillon.engine.JobStore.Timed;
import io.carillon.redis.SharedCalls.Share;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** Reads jobs as {@code found.lua} answers them: of each its parts, then when it is due. */
final class JobReader {

  private static final Logger LOG = Logger.getLogger(JobReader.class);

  private static final int ANSWERED_VALUES = 5;
  private static final int DUE = 4;

  private final RedisScript script;
  private final RedisLink link;
  private final Definitions definitions;
  private final SharedCalls calls;

  JobReader(RedisLink link, Definitions definitions, Partition partition) {
    this.script = partition.script("find-jobs");
    this.link = link;
    this.definitions = definitions;
    this.calls = new SharedCalls(items -> call(true).with(items).send(link));
  }

  private ScriptCall call(boolean withRuns) {
    return script.call().with("with_runs", withRuns ? "1" : "");
  }

  /** With their latest runs; fails as a whole where one of them cannot be read. */
  List<Timed> find(Collection<String> ids) {
    List<String> asked = List.copyOf(ids);
    List<CompletableFuture<Share>> answers =
        calls.send(asked.stream().map(id -> script.item().with("job", id)).toList());
    List<Timed> jobs = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      Share share = await(answers.get(i));
      found(asked.get(i), share.reply(), share.item() * ANSWERED_VALUES)
          .map(this::timed)
          .ifPresent(jobs::add);
    }
    return jobs;
  }

  private static Share await(CompletableFuture<Share> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw RedisLink.unavailable(failed.getCause());
    }
  }

  /** The jobs with these ids, as far as they exist and can be read, in this order. */
  List<Timed> read(List<String> ids, boolean withRuns) {
    if (ids.isEmpty()) {
      return List.of();
    }
    ScriptCall call = call(withRuns);
    ids.forEach(id -> call.item().with("job", id));
    return read(ids, call.await(link), 0);
  }

  /**
   * Reads what a script has found of jobs. One that cannot be read, written by a newer version
   * perhaps, does not hide the others.
   *
   * @param from where in the reply the first of them begins
   */
  List<Timed> read(List<String> ids, Response reply, int from) {
    List<Timed> jobs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      found(ids.get(i), reply, from + ANSWERED_VALUES * i)
          .flatMap(this::readable)
          .ifPresent(jobs::add);
    }
    return jobs;
  }

  /** A job as it was found, not yet read. */
  private record Found(StoredJob job, String dueAt) {}

  private static Optional<Found> found(String id, Response reply, int from) {
    return StoredJob.of(id, reply, from)
        .map(job -> new Found(job, reply.get(from + DUE).toString()));
  }

  private Optional<Timed> readable(Found found) {
    try {
      return Optional.of(timed(found));
    } catch (RuntimeException unreadable) {
      LOG.errorf(unreadable, "job not readable job=%s", found.job().id());
      return Optional.empty();
    }
  }

  private Timed timed(Found found) {
    Optional<Instant> due = Texts.present(found.dueAt()).map(Texts::instant);
    return new Timed(found.job().job(definitions), due);
  }
}
