package io.carillon.redis;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.twin.Snapshot;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.LifecycleEvent;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads all that is in Redis, in one step of Redis, and writes it down in the form of {@link
 * Snapshot}. A key that is not understood is a line too, so nothing can be left behind unseen.
 */
final class RedisSnapshot {

  private static final String READ_ALL =
      """
      local all = {}
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local type = redis.call('TYPE', key).ok
        all[#all + 1] = key
        all[#all + 1] = type
        if type == 'string' then all[#all + 1] = { redis.call('GET', key) }
        elseif type == 'hash' then all[#all + 1] = redis.call('HGETALL', key)
        elseif type == 'zset' then all[#all + 1] = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
        elseif type == 'set' then all[#all + 1] = redis.call('SMEMBERS', key)
        elseif type == 'stream' then
          local entries = {}
          if key ~= KEYS[1] then
            for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
              entries[#entries + 1] = table.concat(entry[2], '\\t')
            end
          end
          all[#all + 1] = entries
        end
      end
      return { all, redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+') }
      """;

  /**
   * What is in Redis, and what was told since the last time.
   *
   * @param events those after the position that was asked about
   */
  record Reading(Snapshot snapshot, List<LifecycleEvent> events) {}

  /** Fields of a job's hash that repeat what its definition says, for the scripts. */
  private static final Set<String> DERIVED =
      Set.of(
          "tags",
          "allowed",
          "restMin",
          "restMax",
          "endAt",
          "jitter",
          "maxRuns",
          "limit",
          "onLimit",
          "maxQueue",
          "pauseAfter",
          "reported");

  /** Fields of a job's hash that only the scripts know. */
  private static final Set<String> SHOWN = Set.of("failures", "place", "swept");

  private final Snapshot.Writer to = new Snapshot.Writer();
  private final Map<String, List<String>> keys = new TreeMap<>();
  private final Definitions definitions;

  private RedisSnapshot(Response all, Definitions definitions) {
    this.definitions = definitions;
    for (int i = 0; i < all.size(); i += 3) {
      String key = all.get(i).toString();
      keys.put(
          key.startsWith(Keys.PREFIX) ? key.substring(Keys.PREFIX.length()) : key,
          all.get(i + 2).stream().map(Response::toString).toList());
    }
  }

  static Reading after(String position, RedisPorts ports) {
    EventPosition seen = EventPosition.parse(position).orElseThrow();
    Response reply =
        ports
            .queries()
            .call(
                Request.cmd(Command.EVAL)
                    .arg(READ_ALL)
                    .arg(1)
                    .arg(Keys.Known.EVENTS.key())
                    .arg(position));
    RedisSnapshot snapshot = new RedisSnapshot(reply.get(0), ports.definitions());
    snapshot.write();
    return new Reading(
        snapshot.to.written(),
        reply.get(1).stream()
            .map(StreamEntry::read)
            .map(EventEntry::read)
            .flatMap(entry -> entry.eventsAfter(seen))
            .toList());
  }

  private void write() {
    keys.remove("clock");
    keys.remove("events");
    Map<String, String> scheduler = pairs("scheduler");
    to.line(
        "settings", RedisSchedulerStore.settings(values(RedisSchedulerStore.FIELDS, scheduler)));
    if (scheduler.containsKey("renewedAt")) {
      to.line("led", scheduler.get("renewedAt"));
    }
    to.line("epoch", keys.containsKey("epoch") ? keys.remove("epoch").get(0) : "0");
    if (keys.containsKey("lease")) {
      String[] lease = keys.remove("lease").get(0).split(" ");
      to.line("lease", new Leadership(lease[0], Long.parseLong(lease[1]), Texts.instant(lease[2])));
    }
    pairs("runs").forEach(this::record);
    pairs("active").keySet().forEach(run -> to.element("active", run));
    if (keys.containsKey("wait")) {
      to.line("wait", pairs("wait").keySet());
    }
    pairs("awaiting").forEach((run, by) -> to.line("awaiting/" + run, by));
    to.line(
        "failures",
        keys.containsKey("failed")
            ? keys.remove("failed").stream()
                .map(entry -> entry.substring("run\t".length()))
                .toList()
            : List.of());
    pairs("ready").forEach((run, from) -> to.line("ready/" + run, from));
    pairs("inflight").forEach((run, deadline) -> to.line("inflight/" + run, deadline));
    pairs("due").forEach((job, due) -> to.line("due/" + job, due));
    pairs("jobs").keySet().forEach(job -> to.element("jobs", job));
    pairs("replicas")
        .forEach((replica, at) -> to.line("replica/" + replica.replaceAll(" .*", ""), at));
    new ArrayList<>(keys.keySet()).forEach(this::ofOne);
  }

  /** Keys that there is one of for each of something. */
  private void ofOne(String key) {
    String kind = key.substring(0, key.indexOf(':') + 1);
    String name = key.substring(kind.length());
    switch (kind) {
      case "job:" -> job(name, pairs(key));
      case "run:" -> run(name, pairs(key));
      case "wait:" -> to.line("wait/" + name, pairs(key).keySet());
      case "history:" ->
          to.line("history/" + name, keys.get(key).stream().map(RedisSnapshot::ended).toList());
      case "taken:" -> {
        List<String> words = List.of(keys.get(key).get(0).split(" "));
        to.line("taken/" + name, words.get(0) + words.subList(1, words.size()));
      }
      case "closed:" -> to.line("closed/" + name, keys.get(key).get(0));
      case "idempotency:" -> {
        Map<String, String> fields = pairs(key);
        List<String> names = List.of("request", "id", "token", "until", "made");
        to.line(
            "idempotency/" + name,
            names.stream().map(field -> fields.getOrDefault(field, "")).toList());
      }
      case "tag:" -> pairs(key).keySet().forEach(job -> to.element("tag/" + name, job));
      case "state:" -> pairs(key).keySet().forEach(job -> to.element("state/" + name, job));
      default -> to.line("not understood: " + key, keys.get(key));
    }
  }

  private void job(String id, Map<String, String> fields) {
    Job job = JobFields.read(id, values(JobFields.NAMES, fields), definitions).orElseThrow();
    to.line("job/" + id, job);
    to.line(
        "job/" + id + "/tags",
        Texts.present(fields.get("tags")).map(tags -> List.of(tags.split(" "))).orElse(List.of()));
    to.line("job/" + id + "/allowed", Duration.ofMillis(number(fields, "allowed")));
    to.line("job/" + id + "/rest", rest(fields));
    to.line("job/" + id + "/failures", fields.get("failures"));
    if (!fields.getOrDefault("place", "").isEmpty()) {
      to.line("job/" + id + "/place", fields.get("place"));
    }
    fields.keySet().stream()
        .filter(field -> !JobFields.NAMES.contains(field) && !DERIVED.contains(field))
        .filter(field -> !SHOWN.contains(field))
        .forEach(field -> to.line("not understood: " + field + " of " + id, fields.get(field)));
  }

  private static Optional<Definition.Rest> rest(Map<String, String> fields) {
    return fields.get("restMin").isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Definition.Rest(
                Duration.ofMillis(number(fields, "restMin")),
                Duration.ofMillis(number(fields, "restMax"))));
  }

  /** The values as Redis answers them when it is asked for these names. */
  private static Response values(List<String> names, Map<String, String> fields) {
    MultiType values = MultiType.create(names.size(), false);
    for (String name : names) {
      String value = fields.get(name);
      values.add(value == null ? null : BulkType.create(Buffer.buffer(value), false));
    }
    return values;
  }

  private static long number(Map<String, String> fields, String name) {
    return Long.parseLong(fields.get(name));
  }

  /** What the record says of other keys is checked by the audit. */
  private void record(String id, String record) {
    List<String> shown = new ArrayList<>(List.of(record.split("\\|", -1)));
    shown.remove(6);
    shown.remove(1);
    String owner = shown.remove(shown.size() - 1);
    to.line("run/" + id, String.join("|", shown));
    if (!owner.isEmpty()) {
      to.line("owner/" + id, owner);
    }
  }

  private void run(String id, Map<String, String> fields) {
    fields.forEach(
        (field, value) -> {
          Object shown = field.equals("attempts") ? RunRecord.readAttempts(value) : value;
          to.line("run/" + id + '/' + field, shown);
        });
  }

  private static String ended(String entry) {
    Map<String, String> fields = pairs(List.of(entry.split("\t", -1)));
    return RunRecord.readEnded(
            fields.get("run"),
            Texts.present(fields.getOrDefault("missed", "")).map(Integer::parseInt).orElse(0))
        + Texts.present(fields.getOrDefault("payload", "")).map(" saying "::concat).orElse("");
  }

  private Map<String, String> pairs(String key) {
    return pairs(keys.containsKey(key) ? keys.remove(key) : List.of());
  }

  private static Map<String, String> pairs(List<String> flat) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      pairs.put(flat.get(i), flat.get(i + 1));
    }
    return pairs;
  }
}
