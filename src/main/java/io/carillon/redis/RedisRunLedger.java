package io.carillon.redis;

import io.carillon.engine.Audit;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.RunLedger;
import io.carillon.job.Attempt;
import io.carillon.job.Reason;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Runs in Redis: one script a change, and a connection of its own for each step of the hot path.
 */
public final class RedisRunLedger implements RunLedger {

  /** After how long a silence a replica is taken for dead. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(RedisRunLedger.class);
  private static final int TAKEN_FIELDS = 5;

  /** The error of an attempt that was answered with 410. */

  /**
   * The connections.
   *
   * @param queries for all that is not on the hot path
   */
  public record Links(RedisLink claim, RedisLink take, RedisLink finish, RedisLink queries) {}

  private final Links links;
  private final Definitions definitions;
  private final ClaimScript claim;
  private final RedisScript owned;
  private final RedisScript take;
  private final RedisScript finish;
  private final RedisScript accept;
  private final RedisScript reap;
  private final RedisScript cancel;
  private final RedisScript redeliver;
  private final RedisScript complete;
  private final RedisScript audit;
  private final RunReader reader;

  public RedisRunLedger(
      Links links, Definitions definitions, Partition partition, InstantSource clock) {
    this.links = links;
    this.reader = new RunReader(links.queries(), partition, clock);
    this.definitions = definitions;
    this.claim = new ClaimScript(partition.script("claim"));
    this.owned = partition.script("owned");
    this.take = partition.script("take");
    this.finish = partition.script("finish");
    this.accept = partition.script("accept");
    this.reap = partition.script("reap");
    this.cancel = partition.script("cancel");
    this.redeliver = partition.script("redeliver");
    this.complete = partition.script("complete");
    this.audit = partition.script("audit");
  }

  @Override
  public CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims, HandOff to) {
    return answer(
        claim.send(links.claim(), epoch, claims, to),
        reply -> ClaimScript.results(reply, claims.size()));
  }

  private static IllegalStateException unknown(Object reply) {
    return new IllegalStateException("reply not understood: " + reply);
  }

  @Override
  public CompletionStage<Taken> take(Take wish) {
    ScriptCall call =
        take.call()
            .with("replica", wish.replica())
            .with("token", wish.token())
            .with("most", wish.max())
            .with("queueing", LOCAL_QUEUEING);
    return answer(call.send(links.take()), response -> taken(response, wish.token()));
  }

  @Override
  public CompletionStage<List<TakenRun>> owned(String replica, String token) {
    ScriptCall call = owned.call().with("replica", replica).with("token", token);
    return answer(call.send(links.queries()), reply -> takenRuns(reply, 0, token));
  }

  private Taken taken(Response response, String token) {
    long untilNext = response.get(0).toLong();
    return new Taken(
        takenRuns(response, 1, token),
        untilNext < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(untilNext)));
  }

  private List<TakenRun> takenRuns(Response response, int from, String token) {
    List<TakenRun> runs = new ArrayList<>(response.size() / TAKEN_FIELDS);
    for (int i = from; i < response.size(); i += TAKEN_FIELDS) {
      try {
        runs.add(takenRun(response, i, token));
      } catch (RuntimeException unreadable) {
        // One run must not keep the others; it is offered again, perhaps to a newer version.
        LOG.errorf(unreadable, "taken run not readable run=%s", response.get(i));
      }
    }
    return runs;
  }

  private TakenRun takenRun(Response response, int i, String token) {
    RunId id = RunId.parse(response.get(i).toString()).orElseThrow();
    RunRecord record = RunRecord.read(response.get(i + 1).toBytes());
    return new TakenRun(
        id,
        token,
        record.trigger(),
        record.scheduledAt(),
        record.attempt(),
        record.crashes(),
        record.taken().orElseThrow(),
        record.startedAt().orElseThrow(),
        StoredDefinition.read(id.jobId(), response.get(i + 2).toString(), definitions).definition(),
        Texts.present(response.get(i + 3).toString()),
        Texts.present(response.get(i + 4).toString()));
  }

  @Override
  public CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes) {
    ScriptCall call = finish.call().with("replica", replica);
    for (Finish ended : finishes) {
      addOutcome(call.item().with("run", ended.id()).with("token", ended.token()), ended.outcome());
    }
    return answer(
        call.send(links.finish()),
        response ->
            IntStream.range(0, finishes.size())
                .mapToObj(i -> finishResult(finishes.get(i).id(), response.get(i)))
                .toList());
  }

  private static FinishResult finishResult(RunId id, Response reply) {
    if (reply.type() == ResponseType.NUMBER) {
      return reply.toInteger() == 1 ? FinishResult.RECORDED : FinishResult.STALE;
    }
    LOG.errorf("outcome not recordable run=%s cause=%s", id, reply);
    return FinishResult.UNRECORDABLE;
  }

  private static void addOutcome(ScriptCall.Item item, Outcome outcome) {
    if (outcome instanceof Outcome.Ended ended) {
      boolean gone = ended.attempt().error().filter(Reason.GONE.word()::equals).isPresent();
      addOutcome(item, ended.state().word(), ended.reason(), ended.attempt(), Duration.ZERO, gone);
    } else if (outcome instanceof Outcome.Retry retry) {
      Attempt attempt = retry.attempt();
      addOutcome(item, "retry", attempt.error(), attempt, retry.delay(), false);
    } else if (outcome instanceof Outcome.Awaiting awaiting) {
      String word = RunState.AWAITING_COMPLETION.word();
      addOutcome(item, word, Optional.empty(), awaiting.attempt(), awaiting.patience(), false);
    } else {
      item.with("what", "back")
          .with("reason", "")
          .with("attempt", "")
          .with("delay", 0)
          .with("gone", false);
    }
  }

  private static void addOutcome(
      ScriptCall.Item item,
      String what,
      Optional<String> reason,
      Attempt attempt,
      Duration delay,
      boolean gone) {
    item.with("what", what)
        .with("reason", reason)
        .with("attempt", Attempts.write(attempt))
        .with("delay", delay)
        .with("gone", gone);
  }

  @Override
  public Acceptance accept(ByHand run) {
    return accept(run, "", "");
  }

  @Override
  public Acceptance accept(ByHand run, IdempotencyKeys.Claim under) {
    return accept(run, under.key(), under.token());
  }

  /** Without a key, key and token are empty. */
  private Acceptance accept(ByHand run, String key, String token) {
    return acceptance(
        run.id(),
        accept
            .call()
            .with("run_id", run.id())
            .with("at", run.requestedAt())
            .with("payload", run.payload())
            .with("key", key)
            .with("token", token)
            .await(links.queries()));
  }

  @Override
  public Optional<Run> acceptedUnder(String key, RunId id) {
    return reader.acceptedUnder(key, id);
  }

  @Override
  public Acceptance redeliver(RunId id) {
    return acceptance(id, redeliver.call().with("run_id", id).await(links.queries()));
  }

  private Acceptance acceptance(RunId id, Response reply) {
    String word = reply.get(0).toString();
    return switch (word) {
      case "absent" -> new Acceptance.Absent();
      case "active" -> new Acceptance.StillActive();
      case "claim-lost" -> new Acceptance.ClaimLost();
      case "refused" -> new Acceptance.Refused(reply.get(1).toString());
      case "ended" ->
          new Acceptance.Accepted(EndedRun.read(id.jobId(), reply.get(1).toBytes()).run());
      case "accepted" ->
          new Acceptance.Accepted(reader.activeRun(id, RunRecord.read(reply.get(1).toBytes())));
      default -> throw unknown(word);
    };
  }

  @Override
  public boolean cancel(RunId id) {
    return cancel.call().with("run_id", id).await(links.queries()).toInteger() == 1;
  }

  @Override
  public Reception complete(Report report) {
    String answer =
        complete
            .call()
            .with("run_id", report.id())
            .with("state", report.state().word())
            .with("message", report.message())
            .with("token", report.token())
            .await(links.queries())
            .toString();
    return switch (answer) {
      case "done" -> Reception.TAKEN;
      case "ended" -> Reception.ENDED;
      case "forbidden" -> Reception.FORBIDDEN;
      case "unexpected" -> Reception.UNEXPECTED;
      default -> throw unknown(answer);
    };
  }

  @Override
  public Reaped reap(String replica, int max) {
    Response counts =
        reap.call()
            .with("replica", replica)
            .with("most", max)
            .with("silence", SILENCE)
            .await(links.queries());
    return new Reaped(counts.get(0).toInteger(), counts.get(1).toInteger());
  }

  @Override
  public Failures failures(Optional<String> before, int size) {
    return reader.failures(before, size);
  }

  @Override
  public List<Run> runs(String jobId) {
    return reader.runs(jobId);
  }

  @Override
  public Optional<Run> find(RunId id) {
    return reader.find(id);
  }

  @Override
  public Load load() {
    return reader.load();
  }

  @Override
  public Audit audit(Optional<String> from, int max) {
    Response found = audit.call().with("from", from).with("most", max).await(links.queries());
    List<Audit.Violation> violations = new ArrayList<>(found.size() / 2);
    for (int i = 1; i < found.size(); i += 2) {
      violations.add(new Audit.Violation(found.get(i).toString(), found.get(i + 1).toString()));
    }
    return new Audit(violations, Texts.present(found.get(0).toString()));
  }

  private static <T> CompletionStage<T> answer(
      Future<Response> response, Function<Response, T> read) {
    return response
        .map(read)
        .recover(failure -> Future.failedFuture(RedisLink.unavailable(failure)))
        .toCompletionStage();
  }
}
