package io.carillon.redis;

import io.carillon.engine.JobStore;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.Run;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;


/** Jobs in Redis: columns of all jobs, sorted sets to list them by, and one of due instants. */
public final class RedisJobStore implements JobStore {

  private static final Logger LOG = Logger.getLogger(RedisJobStore.class);

  /** How many ids one look at an index answers, and how many looks one page may take. */
  private static final int LOOK = 500;

  private static final int MOST_LOOKS = 20;

  private final RedisLink link;
  private final Definitions definitions;
  private final JobLists lists;
  private final String due;
  private final RedisScript findJobs;
  private final RedisScript putJobs;
  private final RedisScript setState;
  private final RedisScript deleteJob;

  public RedisJobStore(RedisLink link, Definitions definitions, Partition partition) {
    this.link = link;
    this.definitions = definitions;
    this.lists = new JobLists(link, partition.keys());
    this.due = partition.keys().of(Known.DUE);
    this.findJobs = partition.script("find-jobs");
    this.putJobs = partition.script("put-jobs");
    this.setState = partition.script("set-state");
    this.deleteJob = partition.script("delete-job");
  }

  @Override
  public Optional<Job> find(String id) {
    return Found.of(id, found(List.of(id), true), 0).map(found -> found.job(definitions));
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    return read(List.copyOf(new LinkedHashSet<>(ids)), false);
  }

  private List<Timed> read(List<String> ids, boolean withRuns) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Response found = found(ids, withRuns);
    List<Timed> jobs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      Found.of(ids.get(i), found, i).flatMap(this::readable).ifPresent(jobs::add);
    }
    return jobs;
  }

  private Response found(List<String> ids, boolean withRuns) {
    ScriptCall call = findJobs.call().with("with_runs", withRuns ? "1" : "");
    ids.forEach(id -> call.item().with("job", id));
    return call.await(link);
  }

  /** One job that cannot be read, written by a newer version perhaps, must not hide the others. */
  private Optional<Timed> readable(Found found) {
    try {
      return Optional.of(new Timed(found.job(definitions), found.due()));
    } catch (RuntimeException unreadable) {
      LOG.errorf(unreadable, "job not readable job=%s", found.id());
      return Optional.empty();
    }
  }

  /** A job as {@code find-jobs} answers it. */
  private record Found(
      String id,
      byte[] record,
      String definition,
      byte[] pause,
      Optional<Instant> due,
      byte[] latestRun) {

    private static final int FIELDS = 5;

    static Optional<Found> of(String id, Response reply, int n) {
      int from = FIELDS * n;
      byte[] record = reply.get(from).toBytes();
      return record.length == 0
          ? Optional.empty()
          : Optional.of(
              new Found(
                  id,
                  record,
                  reply.get(from + 1).toString(),
                  reply.get(from + 2).toBytes(),
                  Texts.present(reply.get(from + 3).toString()).map(Texts::instant),
                  reply.get(from + 4).toBytes()));
    }

    Job job(Definitions definitions) {
      return JobRecord.read(
          id,
          record,
          StoredDefinition.read(id, definition, definitions),
          pause.length == 0 ? Optional.empty() : Optional.of(JobRecord.readPause(pause)),
          RedisJobStore.latestRun(id, latestRun));
    }
  }

  private static Optional<Run> latestRun(String id, byte[] entry) {
    return entry.length == 0 ? Optional.empty() : Optional.of(EndedRun.read(id, entry).run());
  }

  @Override
  public Page list(Filter filter, int size, Optional<String> afterId) {
    List<Job> page = new ArrayList<>();
    Optional<String> from = afterId;
    for (int look = 0; look < MOST_LOOKS; look++) {
      List<String> ids = lists.after(from, filter, LOOK);
      for (Job job : read(ids, true).stream().map(Timed::job).toList()) {
        if (page.size() == size) {
          return new Page(page, Optional.of(page.get(size - 1).id()));
        }
        if (matches(job, filter)) {
          page.add(job);
        }
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
  public Written put(Put put) {
    Definition definition = put.definition();
    ScriptCall call = putJobs.call();
    call.item()
        .with("job", put.id())
        .with("revision", put.revision())
        .with("seen_next", put.seenNext())
        .with("anchor", Texts.of(put.anchor()))
        .with("definition", definitions.write(definition))
        .with("timeout", definition.timeAllowed())
        .with("terms", JobRecord.writeTerms(definition))
        .with("tags", String.join(" ", definition.tags()))
        .with("state", put.state().word())
        .with("pause", put.pause().map(JobRecord::writePause))
        .with("at", put.at())
        .with("next", put.nextRunAt())
        .with("next_due", put.dueAt());
    Response reply = call.await(link);
    byte[] record = reply.get(0).toBytes();
    return record.length == 0
        ? new Written.Conflict()
        : new Written.Done(
            JobRecord.read(
                put.id(),
                record,
                new StoredDefinition(
                    Texts.instant(reply.get(1).toString()), put.anchor(), definition),
                put.pause(),
                latestRun(put.id(), reply.get(2).toBytes())));
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
    return switch (reply.get(0).toString()) {
      case "absent" -> new Written.Absent();
      case "conflict" -> new Written.Conflict();
      default ->
          new Written.Done(
              JobRecord.read(
                  change.id(),
                  reply.get(1).toBytes(),
                  StoredDefinition.read(change.id(), reply.get(2).toString(), definitions),
                  change.pause(),
                  latestRun(change.id(), reply.get(3).toBytes())));
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
            due,
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
    return link.call(Command.ZCOUNT, due, "-inf", "(" + Texts.of(now)).toLong();
  }
}
