package io.carillon.redis;

import io.carillon.engine.IdempotencyKeys.Claim;
import io.carillon.engine.JobStore;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.Pause;
import io.carillon.job.Target;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Jobs in Redis: a hash each, sorted sets to list them by, and one of what is due. */
public final class RedisJobStore implements JobStore {

  private static final Logger LOG = Logger.getLogger(RedisJobStore.class);

  /** How many ids one look at an index answers, and how many looks one page may take. */
  private static final int LOOK = 500;

  private static final int MOST_LOOKS = 20;

  private final RedisLink link;
  private final Definitions definitions;
  private final RedisScript putJob;
  private final RedisScript setState;
  private final RedisScript deleteJob;

  public RedisJobStore(RedisLink link, Definitions definitions, RedisSettings settings) {
    this(link, definitions, name -> RedisScript.load(name, settings));
  }

  RedisJobStore(RedisLink link, Definitions definitions, Function<String, RedisScript> scripts) {
    this.link = link;
    this.definitions = definitions;
    this.putJob = scripts.apply("put-job");
    this.setState = scripts.apply("set-state");
    this.deleteJob = scripts.apply("delete-job");
  }

  @Override
  public Optional<Job> find(String id) {
    return JobFields.read(id, RedisLink.await(fields(id)), definitions);
  }

  @Override
  public List<Timed> load(Collection<String> ids) {
    Map<String, Future<Response>> fields = new LinkedHashMap<>();
    ids.forEach(id -> fields.put(id, fields(id)));
    List<Optional<Instant>> due = dueAt(fields.keySet());
    List<Timed> jobs = new ArrayList<>();
    int asked = 0;
    for (Map.Entry<String, Future<Response>> job : fields.entrySet()) {
      Optional<Instant> dueAt = due.get(asked++);
      readable(job.getKey(), RedisLink.await(job.getValue()))
          .ifPresent(found -> jobs.add(new Timed(found, dueAt)));
    }
    return jobs;
  }

  /** One job that cannot be read, written by a newer version perhaps, must not hide the others. */
  private Optional<Job> readable(String id, Response fields) {
    try {
      return JobFields.read(id, fields, definitions);
    } catch (RuntimeException unreadable) {
      LOG.errorf(unreadable, "job not readable job=%s", id);
      return Optional.empty();
    }
  }

  private List<Optional<Instant>> dueAt(Collection<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Request scores = Request.cmd(Command.ZMSCORE).arg(Keys.Known.DUE.key());
    ids.forEach(scores::arg);
    return link.call(scores).stream()
        .map(score -> Optional.ofNullable(score).map(at -> Instant.ofEpochMilli(at.toLong())))
        .toList();
  }

  private Future<Response> fields(String id) {
    Request request = Request.cmd(Command.HMGET).arg(Keys.job(id));
    JobFields.NAMES.forEach(request::arg);
    return link.send(request);
  }

  @Override
  public Page list(Filter filter, int size, Optional<String> afterId) {
    List<Job> page = new ArrayList<>();
    Optional<String> from = afterId;
    for (int look = 0; look < MOST_LOOKS; look++) {
      List<String> ids = idsAfter(index(filter), from);
      for (Job job : load(ids).stream().map(Timed::job).toList()) {
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

  /** The narrowest index there is. */
  private static String index(Filter filter) {
    if (!filter.tags().isEmpty()) {
      return Keys.tag(filter.tags().get(0));
    }
    return filter.state().map(state -> Keys.state(state.word())).orElse(Keys.Known.JOBS.key());
  }

  private List<String> idsAfter(String index, Optional<String> from) {
    Response ids =
        link.call(
            Command.ZRANGEBYLEX,
            index,
            from.map(id -> "(" + id).orElse("-"),
            "+",
            "LIMIT",
            "0",
            Integer.toString(LOOK));
    return ids.stream().map(Response::toString).toList();
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
    return put(put, "", "");
  }

  @Override
  public Written put(Put put, Claim under) {
    return put(put, under.key(), under.token());
  }

  /** Without a key, key and token are empty. */
  private Written put(Put put, String key, String token) {
    Definition definition = put.definition();
    Response fields =
        putJob.call(
            link,
            put.id(),
            Long.toString(put.revision()),
            definitions.write(definition),
            String.join(" ", definition.tags()),
            Long.toString(definition.timeAllowed().toMillis()),
            put.state().word(),
            Texts.of(put.pause().flatMap(Pause::reason)),
            Texts.of(put.pause().map(Pause::since)),
            Texts.of(put.pause().flatMap(Pause::until)),
            Texts.of(put.at()),
            Texts.of(put.anchor()),
            Texts.of(put.nextRunAt()),
            Texts.of(put.dueAt()),
            Texts.of(definition.rest().map(rest -> rest.least().toMillis())),
            Texts.of(definition.rest().map(rest -> rest.longest().toMillis())),
            Texts.of(definition.endAt()),
            Long.toString(definition.jitter().toMillis()),
            Texts.of(definition.maxRuns()),
            Texts.of(definition.concurrency().map(ConcurrencyPolicy::limit)),
            Texts.of(definition.concurrency().map(policy -> policy.onLimit().word())),
            Integer.toString(
                definition
                    .concurrency()
                    .map(ConcurrencyPolicy::maxQueue)
                    .orElse(ConcurrencyPolicy.DEFAULT_MAX_QUEUE)),
            Texts.of(definition.pauseAfter()),
            definition.target().completion() == Target.Completion.CALLBACK ? "1" : "",
            Texts.of(put.seenNext()),
            key,
            token);
    return fields.type() == ResponseType.MULTI
        ? written(put.id(), fields)
        : new Written.ClaimLost();
  }

  @Override
  public Optional<Job> createdUnder(String key, String id) {
    Request fields = Request.cmd(Command.HMGET).arg(Keys.idempotency(key));
    JobFields.NAMES.forEach(name -> fields.arg("made:" + name));
    return JobFields.read(id, link.call(fields), definitions);
  }

  @Override
  public Written setState(SetState change) {
    Response fields =
        setState.call(
            link,
            change.id(),
            Long.toString(change.revision()),
            change.state().word(),
            Texts.of(change.pause().flatMap(Pause::reason)),
            Texts.of(change.pause().map(Pause::since)),
            Texts.of(change.pause().flatMap(Pause::until)),
            Texts.of(change.at()),
            Texts.of(change.nextRunAt()),
            Texts.of(change.dueAt()));
    return fields.toString().equals("absent") ? new Written.Absent() : written(change.id(), fields);
  }

  private Written written(String id, Response fields) {
    return fields.size() == 0
        ? new Written.Conflict()
        : new Written.Done(JobFields.read(id, fields, definitions).orElseThrow());
  }

  @Override
  public boolean delete(String id, long revision) {
    return deleteJob.call(link, id, Long.toString(revision)).toInteger() == 1;
  }

  @Override
  public List<Due> due(Instant from, Instant until, int limit) {
    Response found =
        link.call(
            Command.ZRANGEBYSCORE,
            Keys.Known.DUE.key(),
            Texts.of(from),
            Texts.of(until),
            "LIMIT",
            "0",
            Integer.toString(limit));
    List<String> ids = found.stream().map(Response::toString).toList();
    List<Optional<Instant>> at = dueAt(ids);
    List<Due> due = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      String id = ids.get(i);
      at.get(i).ifPresent(instant -> due.add(new Due(id, instant)));
    }
    return due;
  }

  @Override
  public long overdue(Instant now) {
    return link.call(Command.ZCOUNT, Keys.Known.DUE.key(), "-inf", "(" + Texts.of(now)).toLong();
  }
}
