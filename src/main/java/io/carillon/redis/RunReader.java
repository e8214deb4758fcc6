package io.carillon.redis;

import io.carillon.engine.RunLedger.Failures;
import io.carillon.engine.RunLedger.Load;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
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

  private final RedisLink queries;
  private final RedisSettings settings;
  private final InstantSource clock;

  RunReader(RedisLink queries, RedisSettings settings, InstantSource clock) {
    this.queries = queries;
    this.settings = settings;
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
    Response waiting = queries.call(Command.ZRANGE, Keys.waiting(jobId), "0", "-1");
    Response place = queries.call(Command.HGET, Keys.job(jobId), "place");
    Response holding =
        queries.call(
            Command.ZRANGEBYLEX,
            Keys.Known.ACTIVE.key(),
            Keys.firstOf(jobId),
            Keys.behindLastOf(jobId));
    return activeRuns(
        Stream.of(waiting.stream(), Stream.ofNullable(place), holding.stream())
            .flatMap(runs -> runs)
            .map(Response::toString)
            .flatMap(id -> RunId.parse(id).stream())
            .distinct()
            .toList());
  }

  /** Those of them that have not ended. */
  private List<Run> activeRuns(List<RunId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Request request = Request.cmd(Command.HMGET).arg(Keys.Known.RUNS.key());
    ids.forEach(id -> request.arg(id.toString()));
    Response records = queries.call(request);
    List<Run> runs = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      if (records.get(i) != null) {
        runs.add(activeRun(ids.get(i), RunRecord.read(records.get(i).toString())));
      }
    }
    return runs;
  }

  /** An active run, of which its record was read. */
  Run activeRun(RunId id, RunRecord record) {
    Response past =
        record.more() ? queries.call(Command.HGET, Keys.run(id.toString()), "attempts") : null;
    return record.run(id, past == null ? "" : past.toString());
  }

  private List<Run> history(String jobId) {
    String oldest = Texts.of(clock.instant().minus(settings.historyAge()));
    return queries.call(Command.XREVRANGE, Keys.history(jobId), "+", oldest).stream()
        .map(StreamEntry::read)
        .map(RunReader::endedRun)
        .toList();
  }

  private static Run endedRun(StreamEntry entry) {
    return RunRecord.readEnded(
        entry.text("run"), entry.present("missed").map(Integer::parseInt).orElse(0));
  }

  Load load() {
    Future<Response> runs = queries.send(Request.cmd(Command.HLEN).arg(Keys.Known.RUNS.key()));
    Future<Response> active = queries.send(Request.cmd(Command.ZCARD).arg(Keys.Known.ACTIVE.key()));
    long holding = RedisLink.await(active).toLong();
    return new Load(holding, Math.max(0, RedisLink.await(runs).toLong() - holding));
  }

  Failures failures(Optional<String> before, int size) {
    Response entries =
        queries.call(
            Command.XREVRANGE,
            Keys.Known.FAILED.key(),
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
