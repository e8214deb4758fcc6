package io.carillon.redis;

import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.EventLog;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore;
import io.carillon.engine.Lease;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The engine's ports on a real Redis, which takes its time from the test. */
final class RedisPorts implements Ports, AutoCloseable {

  private static final String CLOCK = Keys.FIRST.prefix() + "clock";

  /** Begins with a removal, so that it works at the memory limit too. */
  private static final String SET_CLOCK =
      "redis.call('DEL', KEYS[1]) return redis.call('SET', KEYS[1], ARGV[1])";

  private final Vertx vertx;
  private final RedisOptions options;
  private final RedisSettings settings;
  private final List<RedisLink> links = new ArrayList<>();
  private final RedisLink queries;
  private final SettableClock clock = new SettableClock();
  private final Definitions definitions = new Definitions(new DefinitionJson());

  private final JobStore jobs;
  private final RunLedger runs;
  private final Lease lease;
  private final EventLog events;
  private final SchedulerStore scheduler;
  private final IdempotencyKeys idempotencyKeys;

  /**
   * @param edits what is changed in the scripts, besides their clock; each in one of them at least
   */
  RedisPorts(Vertx vertx, URI uri, RedisSettings settings, ScriptEdit... edits) {
    this.vertx = vertx;
    this.options = new RedisOptions().setConnectionString(uri.toString());
    this.settings = settings;
    this.queries = link("queries");
    ScriptEdits edited = ScriptEdits.withTestClock(edits);
    Partition partition = new Partition(Keys.FIRST, settings, edited);
    this.jobs = new RedisJobStore(link("jobs"), definitions, partition);
    this.runs =
        new RedisRunLedger(
            new RedisRunLedger.Links(link("claim"), link("take"), link("finish"), queries),
            definitions,
            partition,
            clock);
    this.lease = new RedisLease(link("lease"), queries, partition);
    this.events = new RedisEventLog(queries, link("events"), partition);
    this.scheduler = new RedisSchedulerStore(queries, clock, partition);
    this.idempotencyKeys = new RedisIdempotencyKeys(queries, partition);
    edited.requireAllUsed();
  }

  RedisLink link(String purpose) {
    RedisLink link = new RedisLink(vertx, options, purpose, settings.timeout());
    links.add(link);
    return link;
  }

  RedisLink queries() {
    return queries;
  }

  int historyKept() {
    return settings.historyKept();
  }

  Definitions definitions() {
    return definitions;
  }

  /** Forgets everything, and begins at the start of time as tests know it. */
  void reset() {
    makeRoom();
    queries.call(Command.FLUSHALL);
    clock.jumpTo(SettableClock.START);
    tellTime();
  }

  private void tellTime() {
    queries.call(Command.EVAL, SET_CLOCK, "1", CLOCK, Texts.of(clock.instant()));
  }

  @Override
  public JobStore jobs() {
    return jobs;
  }

  @Override
  public RunLedger runs() {
    return runs;
  }

  @Override
  public Lease lease() {
    return lease;
  }

  @Override
  public EventLog events() {
    return events;
  }

  @Override
  public SchedulerStore scheduler() {
    return scheduler;
  }

  @Override
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  /**
   * The lease lapses by Redis' own time, as do idempotency keys, so their time to live is shortened
   * instead.
   */
  @Override
  public void pass(Duration duration) {
    clock.advance(duration);
    tellTime();
    age(Keys.FIRST.of(Keys.Known.LEASE), duration);
    queries
        .call(Command.KEYS, Keys.FIRST.idempotency("*").replace("{0}", "[{]0[}]"))
        .forEach(key -> age(key.toString(), duration));
  }

  private void age(String key, Duration duration) {
    long left = queries.call(Command.PTTL, key).toLong() - duration.toMillis();
    if (left > 0) {
      queries.call(Command.PEXPIRE, key, Long.toString(left));
    } else {
      queries.call(Command.DEL, key);
    }
  }

  /** To a limit that it is beyond whatever it holds. */
  @Override
  public void fillUp() {
    limitMemory("1");
  }

  @Override
  public void makeRoom() {
    limitMemory("0");
  }

  private void limitMemory(String bytes) {
    queries.call(Command.CONFIG, "SET", "maxmemory", bytes);
  }

  @Override
  public void close() {
    links.forEach(RedisLink::close);
  }
}
