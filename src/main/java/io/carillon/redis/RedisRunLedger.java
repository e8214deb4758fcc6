package io.carillon.redis;

import io.carillon.engine.Audit;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.RunLedger;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
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
      Links links, Definitions definitions, RedisSettings settings, InstantSource clock) {
    this(links, definitions, settings, clock, name -> RedisScript.load(name, settings));
  }

  RedisRunLedger(
      Links links,
      Definitions definitions,
      RedisSettings settings,
      InstantSource clock,
      Function<String, RedisScript> scripts) {
    this.links = links;
    this.reader = new RunReader(links.queries(), settings, clock);
    this.definitions = definitions;
    this.claim = new ClaimScript(scripts.apply("claim"));
    this.owned = scripts.apply("owned");
    this.take = scripts.apply("take");
    this.finish = scripts.apply("finish");
    this.accept = scripts.apply("accept");
    this.reap = scripts.apply("reap");
    this.cancel = scripts.apply("cancel");
    this.redeliver = scripts.apply("redeliver");
    this.complete = scripts.apply("complete");
    this.audit = scripts.apply("audit");
  }

  @Override
  public CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims, HandOff to) {
    return answer(
        claim.run(links.claim(), epoch, claims, to),
        response -> ClaimScript.results(response, claims.size()));
  }

  @Override
  public CompletionStage<Taken> take(Take wish) {
    List<String> args =
        List.of(
            wish.replica(),
            wish.token(),
            Integer.toString(wish.max()),
            Long.toString(LOCAL_QUEUEING.toMillis()));
    return answer(take.run(links.take(), args), response -> taken(response, wish.token()));
  }

  @Override
  public CompletionStage<List<TakenRun>> owned(String replica, String token) {
    return answer(
        owned.run(links.queries(), List.of(replica, token)),
        response -> takenRuns(response, 0, token));
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
    RunRecord record = RunRecord.read(response.get(i + 1).toString());
    return new TakenRun(
        id,
        token,
        record.trigger(),
        record.scheduledAt(),
        record.attempt(),
        record.crashes(),
        record.taken().orElseThrow(),
        record.startedAt().orElseThrow(),
        definitions.read(id.jobId(), response.get(i + 2).toString()),
        Texts.present(response.get(i + 3).toString()),
        Texts.present(response.get(i + 4).toString()));
  }

  @Override
  public CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes) {
    List<String> args = new ArrayList<>(1 + 6 * finishes.size());
    args.add(replica);
    for (Finish ended : finishes) {
      args.add(ended.id().toString());
      args.add(ended.token());
      addOutcome(args, ended.outcome());
    }
    return answer(
        finish.run(links.finish(), args),
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

  private static void addOutcome(List<String> args, Outcome outcome) {
    if (outcome instanceof Outcome.Ended ended) {
      args.add(ended.state().word());
      args.add(ended.reason().orElse(""));
      args.add(RunRecord.writeAttempt(ended.attempt()));
      args.add("0");
    } else if (outcome instanceof Outcome.Retry retry) {
      args.add("retry");
      args.add(retry.attempt().error().orElse(""));
      args.add(RunRecord.writeAttempt(retry.attempt()));
      args.add(Long.toString(retry.delay().toMillis()));
    } else if (outcome instanceof Outcome.Awaiting awaiting) {
      args.add(RunState.AWAITING_COMPLETION.word());
      args.add("");
      args.add(RunRecord.writeAttempt(awaiting.attempt()));
      args.add(Long.toString(awaiting.patience().toMillis()));
    } else {
      args.addAll(List.of("back", "", "", "0"));
    }
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
    Response answer =
        accept.call(
            links.queries(),
            run.id().toString(),
            Texts.of(run.requestedAt()),
            run.payload().orElse(""),
            key,
            token);
    return acceptance(run.id(), answer.toString());
  }

  @Override
  public Optional<Run> acceptedUnder(String key, RunId id) {
    return Optional.ofNullable(
            links.queries().call(Command.HGET, Keys.idempotency(key), "made:record"))
        .map(record -> RunRecord.read(record.toString()).run(id, ""));
  }

  @Override
  public Acceptance redeliver(RunId id) {
    return acceptance(id, redeliver.call(links.queries(), id.toString()).toString());
  }

  private Acceptance acceptance(RunId id, String answer) {
    return switch (answer) {
      case "absent" -> new Acceptance.Absent();
      case "active" -> new Acceptance.StillActive();
      case "claim-lost" -> new Acceptance.ClaimLost();
      case "overlap", "limit", "queue-full" -> new Acceptance.Refused(answer);
      default -> new Acceptance.Accepted(reader.activeRun(id, RunRecord.read(answer)));
    };
  }

  @Override
  public boolean cancel(RunId id) {
    return cancel.call(links.queries(), id.toString()).toInteger() == 1;
  }

  @Override
  public Reception complete(Report report) {
    String answer =
        complete
            .call(
                links.queries(),
                report.id().toString(),
                report.state().word(),
                report.message().orElse(""),
                report.token().orElse(""))
            .toString();
    return switch (answer) {
      case "1" -> Reception.TAKEN;
      case "forbidden" -> Reception.FORBIDDEN;
      case "unexpected" -> Reception.UNEXPECTED;
      default -> Reception.ENDED;
    };
  }

  @Override
  public Reaped reap(String replica, int max) {
    Response counts =
        reap.call(
            links.queries(), replica, Integer.toString(max), Long.toString(SILENCE.toMillis()));
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
    Response found = audit.call(links.queries(), from.orElse(""), Integer.toString(max));
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
