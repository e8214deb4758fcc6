package io.carillon.redis;

import io.carillon.engine.JobFilter;
import io.carillon.engine.JobPlace;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore;
import io.carillon.job.Job;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Jobs in Redis: columns of all jobs, sorted sets to list them by, and one of due instants. */
public final class RedisJobStore implements JobStore {

  /** The parts of a job that was created under an idempotency key, as it was then. */
  private static final List<String> MADE =
      List.of("made:record", "made:definition", "made:pause", "made:latest");

  private final RedisLink link;
  private final Definitions definitions;
  private final JobReader reader;
  private final JobLists lists;
  private final Keys keys;
  private final PutScript putJobs;
  private final RedisScript setState;
  private final RedisScript deleteJob;

  public RedisJobStore(RedisLink link, Definitions definitions, Partition partition) {
    this.link = link;
    this.definitions = definitions;
    this.keys = partition.keys();
    this.reader = new JobReader(link, definitions, partition);
    this.lists = new JobLists(link, reader, partition);
    this.putJobs = new PutScript(partition.script("put-jobs"), link, definitions);
    this.setState = partition.script("set-state");
    this.deleteJob = partition.script("delete-job");
  }

  @Override
  public List<Timed> find(Collection<String> ids) {
    return reader.find(ids);
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    return reader.read(List.copyOf(new LinkedHashSet<>(ids)), false);
  }

  @Override
  public Page list(JobFilter filter, JobSort sort, int size, Optional<JobPlace> after) {
    return lists.page(filter, sort, size, after);
  }

  @Override
  public List<Written> putAll(List<Put> puts) {
    return putJobs.putAll(puts);
  }

  /** A job whose parts follow a word. */
  private Written done(String id, Response reply) {
    return new Written.Done(StoredJob.of(id, reply, 1).orElseThrow().job(definitions));
  }

  static IllegalStateException unknown(String word) {
    return new IllegalStateException("reply not understood: " + word);
  }

  @Override
  public Optional<Job> createdUnder(String key, String id) {
    Request parts = Request.cmd(Command.HMGET).arg(keys.idempotency(key));
    MADE.forEach(parts::arg);
    return StoredJob.of(id, link.call(parts), 0).map(made -> made.job(definitions));
  }

  @Override
  public Written setState(SetState change) {
    ScriptCall call = setState.call();
    call.item()
        .with("job", change.id())
        .with("revision", change.revision())
        .with("state", change.state().word())
        .with("pause", change.pause().map(JobRecord::writePause))
        .with("at", change.at())
        .with("next", change.nextRunAt())
        .with("next_due", change.dueAt());
    Response reply = call.await(link);
    String word = reply.get(0).toString();
    return switch (word) {
      case "absent" -> new Written.Absent();
      case "conflict" -> new Written.Conflict();
      case "done" -> done(change.id(), reply);
      default -> throw unknown(word);
    };
  }

  @Override
  public boolean delete(String id, long revision) {
    return deleteJob.call().with("job_id", id).with("revision", revision).await(link).toInteger()
        == 1;
  }

  @Override
  public List<Due> due(Instant from, Instant until, int limit) {
    Response found =
        link.call(
            Command.ZRANGEBYSCORE,
            keys.of(Known.DUE),
            Texts.of(from),
            Texts.of(until),
            "WITHSCORES",
            "LIMIT",
            "0",
            Integer.toString(limit));
    return found.stream()
        .map(job -> new Due(job.get(0).toString(), Instant.ofEpochMilli(job.get(1).toLong())))
        .toList();
  }

  @Override
  public long overdue(Instant now) {
    return link.call(Command.ZCOUNT, keys.of(Known.DUE), "-inf", "(" + Texts.of(now)).toLong();
  }
}
