package io.carillon.redis;

import io.carillon.engine.RunLedger.Failures;
import io.carillon.engine.RunLedger.Load;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.redis.Keys.Known;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.JobField;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads runs, active and ended, as they are kept for the scripts; changes nothing. */
final class RunReader {

  /** In the place of the runs of a job that are too many for its record. */
  private static final String IN_A_SET = "*";

  private final RedisLink queries;
  private final Keys keys;
  private final RedisSettings settings;
  private final InstantSource clock;

  RunReader(RedisLink queries, Partition partition, InstantSource clock) {
    this.queries = queries;
    this.keys = partition.keys();
    this.settings = partition.settings();
    this.clock = clock;
  }

  List<Run> runs(String jobId) {
    Map<RunId, Run> runs = new LinkedHashMap<>();
    // The active ones first: what ends between the two questions is then found in the history.
    active(jobId).forEach(run -> runs.put(run.id(), run));
    history(jobId).forEach(run -> runs.put(run.id(), run));
    return runs.values().stream()
        .sorted(
            Comparator.comparing(Run::scheduledAt)
                .thenComparing(run -> run.id().toString())
                .reversed())
        .toList();
  }

  Optional<Run> find(RunId id) {
    return activeRuns(List.of(id)).stream()
        .findFirst()
        .or(() -> history(id.jobId()).stream().filter(run -> run.id().equals(id)).findFirst());
  }

  private List<Run> active(String jobId) {
    // In the order in which they move on: what moves meanwhile is then found in the next.
    Response waiting = queries.call(Command.ZRANGE, keys.waiting(jobId), "0", "-1");
    Response record = queries.call(Command.HGET, keys.of(Known.JOBS), jobId);
    if (record == null) {
      return List.of();
    }
    Values<JobField> job = Schema.JOB.read(record.toBytes());
    return activeRuns(
        Stream.of(
                waiting.stream().map(Response::toString),
                job.present(JobField.AT_SCHEDULER).stream(),
                holding(jobId, job.text(JobField.HOLDING)))
            .flatMap(runs -> runs)
            .flatMap(id -> RunId.parse(id).stream())
            .distinct()
            .toList());
  }

  private Stream<String> holding(String jobId, String holding) {
    Stream<String> suffixes =
        holding.equals(IN_A_SET)
            ? queries.call(Command.SMEMBERS, keys.holding(jobId)).stream().map(Response::toString)
            : Stream.of(holding.split(" "));
    return suffixes.map(suffix -> jobId + '_' + suffix);
  }

  /** Those of them that have not ended. */
  private List<Run> activeRuns(List<RunId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Request request = Request.cmd(Command.HMGET).arg(keys.of(Known.RUNS));
    ids.forEach(id -> request.arg(id.toString()));
    Response records = queries.call(request);
    List<Run> runs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      if (records.get(i) != null) {
        runs.add(activeRun(ids.get(i), RunRecord.read(records.get(i).toBytes())));
      }
    }
    return runs;
  }

  /** An active run, of which its record was read. */
  Run activeRun(RunId id, RunRecord record) {
    Response past =
        record.more() ? queries.call(Command.HGET, keys.run(id.toString()), "attempts") : null;
    return record.run(id, past == null ? "" : past.toString());
  }

  /** A run as it was when it was accepted under an idempotency key. */
  Optional<Run> acceptedUnder(String key, RunId id) {
    Response made =
        queries.call(
            Command.HMGET, keys.idempotency(key), "made:run", "made:attempts", "made:ended");
    if (made.get(0) != null) {
      return Optional.of(RunRecord.read(made.get(0).toBytes()).run(id, made.get(1).toString()));
    }
    return Optional.ofNullable(made.get(2))
        .map(entry -> EndedRun.read(id.jobId(), entry.toBytes()).run());
  }

  /** Cut to what is kept: scripts trim it in strides. */
  private List<Run> history(String jobId) {
    Instant oldest = clock.instant().minus(settings.historyAge());
    return queries
        .call(
            Command.LRANGE, keys.history(jobId), "0", Integer.toString(settings.historyKept() - 1))
        .stream()
        .map(entry -> EndedRun.read(jobId, entry.toBytes()).run())
        .filter(run -> run.finishedAt().filter(oldest::isAfter).isEmpty())
        .toList();
  }

  Load load() {
    Future<Response> runs = queries.send(Request.cmd(Command.HLEN).arg(keys.of(Known.RUNS)));
    Future<Response> queued = queries.send(Request.cmd(Command.ZCARD).arg(keys.of(Known.QUEUED)));
    long waiting = RedisLink.await(queued).toLong();
    return new Load(Math.max(0, RedisLink.await(runs).toLong() - waiting), waiting);
  }

  Failures failures(Optional<String> before, int size) {
    Response entries =
        queries.call(
            Command.XREVRANGE,
            keys.of(Known.FAILED),
            before.map(position -> "(" + position).orElse("+"),
            "-",
            "COUNT",
            Integer.toString(size));
    List<StreamEntry> pointers = entries.stream().map(StreamEntry::read).toList();
    List<Run> runs =
        pointers.stream()
            .flatMap(pointer -> RunId.parse(pointer.text("run")).stream())
            .distinct()
            .flatMap(id -> find(id).stream())
            .filter(run -> run.state() == RunState.FAILED)
            .toList();
    return new Failures(
        runs, pointers.size() < size ? Optional.empty() : Optional.of(pointers.get(size - 1).id()));
  }
}
