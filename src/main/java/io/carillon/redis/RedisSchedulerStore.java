package io.carillon.redis;

import io.carillon.engine.SchedulerStore;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.JobState;
import io.carillon.job.Worded;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scheduler's settings as a hash, its replicas as a sorted set by when they were last alive.
 */
public final class RedisSchedulerStore implements SchedulerStore {

  static final List<String> FIELDS =
      List.of("paused", "pausedAt", "resumedAt", "limit", "onLimit", "maxQueue");

  private static final String REPLICAS = Keys.Known.REPLICAS.key();

  private final RedisLink link;
  private final InstantSource clock;
  private final RedisScript settings;
  private final RedisScript alive;
  private final RedisScript replicas;
  private final RedisScript time;

  public RedisSchedulerStore(RedisLink link, InstantSource clock, RedisSettings settings) {
    this(link, clock, name -> RedisScript.load(name, settings));
  }

  RedisSchedulerStore(RedisLink link, InstantSource clock, Function<String, RedisScript> scripts) {
    this.link = link;
    this.clock = clock;
    this.settings = scripts.apply("settings");
    this.alive = scripts.apply("alive");
    this.replicas = scripts.apply("replicas");
    this.time = scripts.apply("time");
  }

  @Override
  public Settings settings() {
    Request request = Request.cmd(Command.HMGET).arg(Keys.Known.SCHEDULER.key());
    FIELDS.forEach(request::arg);
    return settings(link.call(request));
  }

  @Override
  public Settings change(Change change) {
    Optional<ConcurrencyPolicy> limit = change.concurrency().flatMap(some -> some);
    settings.call(
        link,
        change.paused().map(paused -> paused ? "1" : "0").orElse(""),
        Texts.of(clock.instant()),
        change.concurrency().isEmpty()
            ? ""
            : limit.map(policy -> Integer.toString(policy.limit())).orElse("0"),
        limit.map(policy -> policy.onLimit().word()).orElse(""),
        limit.map(policy -> Integer.toString(policy.maxQueue())).orElse(""));
    return settings();
  }

  static Settings settings(Response fields) {
    return new Settings(
        field(fields, "paused").equals(Optional.of("1")),
        field(fields, "pausedAt").map(Texts::instant),
        field(fields, "resumedAt").map(Texts::instant),
        field(fields, "limit")
            .filter(limit -> !limit.equals("0"))
            .map(
                limit ->
                    new ConcurrencyPolicy(
                        Integer.parseInt(limit),
                        field(fields, "onLimit")
                            .flatMap(word -> Worded.of(OnLimit.class, word))
                            .orElseThrow(),
                        Integer.parseInt(field(fields, "maxQueue").orElseThrow()))));
  }

  private static Optional<String> field(Response fields, String name) {
    return Optional.ofNullable(fields.get(FIELDS.indexOf(name)))
        .flatMap(value -> Texts.present(value.toString()));
  }

  @Override
  public void alive(Replica replica) {
    alive.call(link, member(replica));
  }

  @Override
  public void gone(Replica replica) {
    link.call(Command.ZREM, REPLICAS, member(replica));
  }

  @Override
  public List<Replica> replicas() {
    return replicas.call(link, Long.toString(RedisRunLedger.SILENCE.toMillis())).stream()
        .map(member -> member.toString().split(" "))
        .map(parts -> new Replica(parts[0], parts[1], Texts.instant(parts[2])))
        .sorted(java.util.Comparator.comparing(Replica::id))
        .toList();
  }

  private static String member(Replica replica) {
    return replica.id() + ' ' + replica.version() + ' ' + Texts.of(replica.since());
  }

  @Override
  public Map<JobState, Long> jobCounts() {
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      counts.put(state, link.call(Command.ZCARD, Keys.state(state.word())).toLong());
    }
    return counts;
  }

  /** Of a cluster it is any one node that is asked how it is set up. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    try {
      if (!configured("maxmemory").equals("0")
          && !configured("maxmemory-policy").equals("noeviction")) {
        warnings.add(
            "Redis may evict jobs when its memory is full: set maxmemory-policy to noeviction.");
      }
      if (configured("appendonly").equals("no")) {
        warnings.add(
            configured("save").isEmpty()
                ? "Redis keeps nothing over a restart: set appendonly to yes."
                : "Redis may lose minutes when it restarts: set appendonly to yes.");
      }
    } catch (StoreUnavailable refused) {
      if (!refused.refused()) {
        throw refused;
      }
      // Its settings are nobody's business here, as with most hosted ones.
    }
    return warnings;
  }

  private String configured(String setting) {
    Response answer = link.call(Command.CONFIG, "GET", setting);
    return answer.size() == 0 ? "" : String.valueOf(answer.get(setting));
  }

  @Override
  public Duration clockOffset() {
    Instant before = clock.instant();
    Instant there = storeTime();
    Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
    return Duration.between(middle, there);
  }

  /**
   * Asked by a script, which a cluster runs where the jobs are: the clock that decides is there.
   */
  private Instant storeTime() {
    return Instant.ofEpochMilli(time.call(link).toLong());
  }
}
