package io.carillon.redis;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.twin.Snapshot;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.redis.Keys.Known;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.JobField;
import io.carillon.redis.Schema.RunField;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        elseif type == 'list' then all[#all + 1] = redis.call('LRANGE', key, 0, -1)
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

  private static final Keys KEYS = Keys.FIRST;

  private final Snapshot.Writer to = new Snapshot.Writer();
  private final Map<String, List<String>> keys = new TreeMap<>();
  private final RedisPorts ports;

  private RedisSnapshot(Response all, RedisPorts ports) {
    this.ports = ports;
    for (int i = 0; i < all.size(); i += 3) {
      String key = all.get(i).toString();
      keys.put(
          key.startsWith(KEYS.prefix()) ? key.substring(KEYS.prefix().length()) : key,
          all.get(i + 2).stream().map(RedisSnapshot::latin).toList());
    }
  }

  /** Any bytes as a text of as many characters. */
  private static String latin(Response value) {
    return new String(value.toBytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
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
                    .arg(KEYS.of(Known.EVENTS))
                    .arg(position));
    RedisSnapshot snapshot = new RedisSnapshot(reply.get(0), ports);
    snapshot.write();
    return new Reading(
        snapshot.to.written(),
        reply.get(1).stream()
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
    pairs("queued").keySet().forEach(run -> to.element("queued", run));
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
    pairs("displaced").forEach((job, next) -> to.line("displaced/" + job, next));
    pairs("searched").forEach(this::searched);
    Map<String, String> definitions = pairs("definitions");
    Map<String, String> pauses = pairs("pauses");
    pairs("jobs")
        .forEach(
            (job, record) ->
                job(job, record, definitions.get(job), Optional.ofNullable(pauses.get(job))));
    pairs("replicas")
        .forEach((replica, at) -> to.line("replica/" + replica.replaceAll(" .*", ""), at));
    new ArrayList<>(keys.keySet()).forEach(this::ofOne);
  }

  private void searched(String job, String written) {
    SearchedText text =
        SearchedText.read(new String(bytes(written), StandardCharsets.UTF_8)).orElseThrow();
    to.line("searched/" + job, List.of(text.name(), text.url(), text.tags()));
  }

  /** Keys that there is one of for each of something. */
  private void ofOne(String key) {
    String kind = key.substring(0, key.indexOf(':') + 1);
    String name = key.substring(kind.length());
    switch (kind) {
      case "run:" -> run(name, pairs(key));
      case "wait:" -> to.line("wait/" + name, pairs(key).keySet());
      case "history:" -> to.line("history/" + name, written(history(name)));
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
      case "listed:" -> pairs(key).keySet().forEach(job -> to.element("listed/" + name, job));
      case "holding:" ->
          keys.get(key).forEach(run -> to.element("holding/" + name, name + '_' + run));
      default -> to.line("not understood: " + key, keys.get(key));
    }
  }

  private void job(String id, String record, String definition, Optional<String> pause) {
    StoredDefinition stored = StoredDefinition.read(id, definition, ports.definitions());
    Optional<Run> lastRun =
        history(id).stream()
            .filter(ended -> ended.run().state() != RunState.SKIPPED)
            .map(EndedRun::run)
            .findFirst();
    to.element("jobs", id);
    to.line(
        "job/" + id,
        JobRecord.read(
            id,
            bytes(record),
            stored,
            pause.map(RedisSnapshot::bytes).map(JobRecord::readPause),
            lastRun));
    Values<JobField> job = Schema.JOB.read(bytes(record));
    if (!Arrays.equals(job.bytes(JobField.TERMS), JobRecord.writeTerms(stored.definition()))
        || job.number(JobField.TIMEOUT) != stored.definition().timeAllowed().toMillis()) {
      to.line("not the terms of job " + id, record);
    }
    to.line(
        "job/" + id + "/tags",
        job.present(JobField.TAGS).map(tags -> List.of(tags.split(" "))).orElse(List.of()));
    to.line("job/" + id + "/failures", job.number(JobField.FAILURES));
    job.present(JobField.AT_SCHEDULER)
        .ifPresent(run -> to.line("job/" + id + "/at-scheduler", run));
    job.present(JobField.HOLDING)
        .filter(holding -> !holding.equals("*"))
        .ifPresent(
            holding ->
                List.of(holding.split(" "))
                    .forEach(run -> to.element("holding/" + id, id + '_' + run)));
  }

  /** Latest first, cut to what readers see. */
  private List<EndedRun> history(String job) {
    return keys.getOrDefault("history:" + job, List.of()).stream()
        .limit(ports.historyKept())
        .map(entry -> EndedRun.read(job, bytes(entry)))
        .toList();
  }

  private List<String> written(List<EndedRun> latestFirst) {
    List<String> oldestFirst = new ArrayList<>();
    latestFirst.forEach(
        ended ->
            oldestFirst.add(0, ended.run() + ended.payload().map(" saying "::concat).orElse("")));
    return oldestFirst;
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

  /** Of other keys the record says what the audit checks. */
  private void record(String id, String record) {
    Values<RunField> run = Schema.RUN.read(bytes(record));
    to.line(
        "run/" + id,
        EnumSet.complementOf(EnumSet.of(RunField.MORE, RunField.SLOT, RunField.OWNER)).stream()
            .map(field -> shown(field, run))
            .collect(Collectors.joining("|")));
    run.present(RunField.OWNER).ifPresent(owner -> to.line("owner/" + id, owner));
  }

  private static String shown(RunField field, Values<RunField> run) {
    return field.type() == PackedType.MILLIS
        ? run.instant(field).map(Texts::of).orElse("")
        : run.value(field).toString();
  }

  private void run(String id, Map<String, String> fields) {
    fields.forEach(
        (field, value) -> {
          Object shown = field.equals("attempts") ? Attempts.read(value) : value;
          to.line("run/" + id + '/' + field, shown);
        });
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
