package io.carillon.redis;

import io.carillon.engine.SchedulerStore;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.Worded;
import io.carillon.redis.Keys.Known;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scheduler's settings as a hash, its replicas as a sorted set by when they were last alive.
 */
public final class RedisSchedulerStore implements SchedulerStore {

  static final List<String> FIELDS =
      List.of("paused", "pausedAt", "resumedAt", "limit", "onLimit", "maxQueue");

  private static final String FULL =
      "Redis is at its memory limit: nothing new is taken and occurrences wait; delete jobs, or raise"
          + " maxmemory.";

  private final RedisLink link;
  private final InstantSource clock;
  private final Keys keys;
  private final RedisScript settings;
  private final RedisScript alive;
  private final RedisScript replicas;
  private final RedisScript time;
  private final RedisScript isFull;

  public RedisSchedulerStore(RedisLink link, InstantSource clock, Partition partition) {
    this.link = link;
    this.clock = clock;
    this.keys = partition.keys();
    this.settings = partition.script("settings");
    this.alive = partition.script("alive");
    this.replicas = partition.script("replicas");
    this.time = partition.script("time");
    this.isFull = partition.script("is-full");
  }

  @Override
  public Settings settings() {
    Request request = Request.cmd(Command.HMGET).arg(keys.of(Known.SCHEDULER));
    FIELDS.forEach(request::arg);
    return settings(link.call(request));
  }

  @Override
  public Settings change(Change change) {
    Optional<ConcurrencyPolicy> limit = change.concurrency().flatMap(some -> some);
    settings
        .call()
        .with("paused", change.paused().map(paused -> paused ? "1" : "0"))
        .with("at", clock.instant())
        .with(
            "limit",
            change.concurrency().isEmpty() ? "" : limit.map(ConcurrencyPolicy::limit).orElse(0))
        .with("on_limit", limit.map(policy -> policy.onLimit().word()))
        .with("max_queue", limit.map(ConcurrencyPolicy::maxQueue))
        .await(link);
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
    alive.call().with("member", member(replica)).await(link);
  }

  @Override
  public void gone(Replica replica) {
    link.call(Command.ZREM, keys.of(Known.REPLICAS), member(replica));
  }

  @Override
  public List<Replica> replicas() {
    return replicas.call().with("silence", RedisRunLedger.SILENCE).await(link).stream()
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
    Map<JobState, List<Future<Response>>> lists = new EnumMap<>(JobState.class);
    for (JobState state : JobState.values()) {
      lists.put(
          state,
          Arrays.stream(LastOutcome.values())
              .map(outcome -> Request.cmd(Command.ZCARD).arg(keys.listed(state, outcome)))
              .map(link::send)
              .toList());
    }
    Map<JobState, Long> counts = new EnumMap<>(JobState.class);
    lists.forEach(
        (state, cards) ->
            counts.put(
                state, cards.stream().mapToLong(card -> RedisLink.await(card).toLong()).sum()));
    return counts;
  }

  @Override
  public boolean isFull() {
    return isFull.call().await(link).toInteger() == 1;
  }

  /** Of a cluster it is any one node that is asked how it is set up. */
  @Override
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (isFull()) {
      warnings.add(FULL);
    }
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
    return Instant.ofEpochMilli(time.call().await(link).toLong());
  }
}
