package io.carillon.redis;

import io.carillon.engine.JobStore;
import io.carillon.job.Job;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Jobs in Redis: columns of all jobs, sorted sets to list them by, and one of due instants. */
public final class RedisJobStore implements JobStore {

  /** How many ids one look at an index answers, and how many looks one page may take. */
  private static final int LOOK = 500;

  private static final int MOST_LOOKS = 20;

  /** The parts of a job that was created under an idempotency key, as it was then. */
  private static final List<String> MADE =
      List.of("made:record", "made:definition", "made:pause", "made:latest");

  private final RedisLink link;
  private final Definitions definitions;
  private final JobLists lists;
  private final Keys keys;
  private final FindScript findJobs;
  private final PutScript putJobs;
  private final RedisScript setState;
  private final RedisScript deleteJob;

  public RedisJobStore(RedisLink link, Definitions definitions, Partition partition) {
    this.link = link;
    this.definitions = definitions;
    this.keys = partition.keys();
    this.lists = new JobLists(link, keys);
    this.findJobs = new FindScript(partition.script("find-jobs"), link, definitions);
    this.putJobs = new PutScript(partition.script("put-jobs"), link, definitions);
    this.setState = partition.script("set-state");
    this.deleteJob = partition.script("delete-job");
  }

  @Override
  public List<Timed> find(Collection<String> ids) {
    return findJobs.find(ids);
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    return findJobs.findReadable(List.copyOf(new LinkedHashSet<>(ids)), false);
  }

  @Override
  public Page list(Filter filter, int size, Optional<String> afterId) {
    List<Job> page = new ArrayList<>();
    Optional<String> from = afterId;
    for (int look = 0; look < MOST_LOOKS; look++) {
      List<String> ids = lists.after(from, filter, LOOK);
      List<Job> jobs = findJobs.findReadable(ids, true).stream().map(Timed::job).toList();
      for (Job job : jobs.stream().filter(found -> matches(found, filter)).toList()) {
        if (page.size() == size) {
          return new Page(page, Optional.of(page.get(size - 1).id()));
        }
        page.add(job);
      }
      if (ids.size() < LOOK) {
        return new Page(page, Optional.empty());
      }
      from = Optional.of(ids.get(ids.size() - 1));
    }
    return new Page(page, from);
  }

  private static boolean matches(Job job, Filter filter) {
    return job.definition().tags().containsAll(filter.tags())
        && filter.state().filter(state -> state != job.state()).isEmpty()
        && filter
            .namePrefix()
            .filter(prefix -> !job.definition().name().orElse("").startsWith(prefix))
            .isEmpty();
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
    return deleteJob.call().with("job", id).with("revision", revision).await(link).toInteger() == 1;
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
