package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.job.DefinitionBuilder.aJob;

import io.carillon.engine.LedgerSteps;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Take;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.Trigger;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * What a run costs Redis: CPU time of a real server, append-only file on, for claim, take and
 * finish apart, in batches of one size. Prints a line without limits, as a run costs that the
 * leader hands itself and as one costs that becomes ready for all, and the same with a limit of the
 * job and one of the scheduler. The jobs' histories are full before it measures, so that trimming
 * counts.
 *
 * <p>System properties: {@code batch} (100), {@code jobs} (1,000), {@code rounds} (60; each runs
 * every job once).
 */
public final class LedgerCost {

  private static final String REPLICA = "bench";
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final int batch = Integer.getInteger("batch", 100);
  private final int jobs = Integer.getInteger("jobs", 1_000);
  private final int rounds = Integer.getInteger("rounds", 60);

  private final RedisPorts ports;
  private final boolean handingOff;
  private final LedgerSteps steps;
  private final long epoch;
  private final List<Job> due = new ArrayList<>();
  private final long[] micros = new long[Phase.values().length];

  private enum Phase {
    CLAIM,
    TAKE,
    FINISH
  }

  private LedgerCost(RedisPorts ports, boolean handingOff) {
    this.ports = ports;
    this.handingOff = handingOff;
    this.steps = new LedgerSteps(ports);
    ports.reset();
    this.epoch = steps.lead();
  }

  public static void main(String... arguments) {
    Locale.setDefault(Locale.ROOT);
    Vertx vertx = Vertx.vertx();
    try (RedisServer server = RedisServer.startAppendOnly();
        RedisPorts ports = new RedisPorts(vertx, server.uri(), RedisSettings.DEFAULT)) {
      for (boolean handingOff : new boolean[] {true, false}) {
        new LedgerCost(ports, handingOff).measure("no limits", aJob());
      }
      for (boolean handingOff : new boolean[] {true, false}) {
        LedgerCost limited = new LedgerCost(ports, handingOff);
        limited.limitAll();
        limited.measure(
            "both limits", aJob().limitedTo(new ConcurrencyPolicy(1, OnLimit.QUEUE, 1_000)));
      }
    } finally {
      vertx.close();
    }
  }

  private void limitAll() {
    ports
        .scheduler()
        .change(
            new Change(
                Optional.empty(),
                Optional.of(Optional.of(new ConcurrencyPolicy(1_000_000, OnLimit.QUEUE, 1_000)))));
  }

  private void measure(String title, DefinitionBuilder definition) {
    IntStream.range(0, jobs).forEach(n -> due.add(steps.dueJob("job-" + n, definition)));
    for (int round = 0; round <= RedisSettings.DEFAULT.historyKept(); round++) {
      runEachOnce((phase, spent) -> {});
    }
    for (int round = 0; round < rounds; round++) {
      runEachOnce((phase, spent) -> micros[phase.ordinal()] += spent);
    }
    double runs = (double) jobs * rounds;
    System.out.printf(
        "%-12s %-10s batches of %d: %s = %.1f us of Redis CPU a run%n",
        title,
        handingOff ? "handed off" : "ready",
        batch,
        parts(runs),
        (micros[0] + micros[1] + micros[2]) / runs);
  }

  private String parts(double runs) {
    StringBuilder parts = new StringBuilder();
    for (Phase phase : Phase.values()) {
      parts.append(parts.length() == 0 ? "" : " + ");
      parts.append(
          "%s %.1f"
              .formatted(phase.name().toLowerCase(Locale.ROOT), micros[phase.ordinal()] / runs));
    }
    return parts.toString();
  }

  /** What a phase cost, in microseconds. */
  private interface Account {
    void add(Phase phase, long spent);
  }

  private void runEachOnce(Account account) {
    List<TakenRun> taken = new ArrayList<>();
    timed(spent -> account.add(Phase.CLAIM, spent), () -> claimAll(taken));
    timed(spent -> account.add(Phase.TAKE, spent), () -> takeAll(taken));
    timed(spent -> account.add(Phase.FINISH, spent), () -> finishAll(taken));
    ports.pass(EVERY);
  }

  private void timed(LongConsumer account, Runnable work) {
    long before = ServerCpu.micros(ports.queries());
    work.run();
    account.accept(ServerCpu.micros(ports.queries()) - before);
  }

  private void claimAll(List<TakenRun> taken) {
    Instant next = ports.clock().instant().plus(EVERY);
    for (int from = 0; from < jobs; from += batch) {
      List<Job> jobsOfBatch = due.subList(from, Math.min(jobs, from + batch));
      List<Claim> claims =
          jobsOfBatch.stream().map(job -> claimAt(job, ports.clock().instant(), next)).toList();
      HandOff to = new HandOff(REPLICA, steps.now() + "-" + from, handingOff ? batch : 0);
      List<ClaimResult> results = await(ports.runs().claim(epoch, claims, to));
      for (int i = 0; i < claims.size(); i++) {
        expect(results.get(i) instanceof ClaimResult.Accepted, results.get(i));
        if (results.get(i) instanceof ClaimResult.HandedOff run) {
          taken.add(handedOff(run, to, jobsOfBatch.get(i)));
        }
      }
    }
  }

  private static TakenRun handedOff(ClaimResult.HandedOff run, HandOff to, Job job) {
    return new TakenRun(
        run.run(),
        to.token(),
        Trigger.SCHEDULE,
        run.at(),
        1,
        0,
        run.at(),
        run.at(),
        job.definition(),
        Optional.empty(),
        run.reportToken());
  }

  private static Claim claimAt(Job job, Instant now, Instant next) {
    return new Claim(
        job.id(),
        job.revision(),
        now,
        now,
        Claim.Kind.FIRE,
        LedgerSteps.at(next),
        Optional.empty());
  }

  private void takeAll(List<TakenRun> taken) {
    for (int n = 0; taken.size() < jobs; n++) {
      List<TakenRun> runs =
          await(ports.runs().take(new Take(REPLICA, steps.now() + "-" + n, batch))).runs();
      expect(!runs.isEmpty(), "nothing to take");
      taken.addAll(runs);
    }
  }

  private void finishAll(List<TakenRun> taken) {
    for (int from = 0; from < jobs; from += batch) {
      List<Finish> finishes =
          taken.subList(from, Math.min(jobs, from + batch)).stream()
              .map(run -> new Finish(run.id(), run.token(), LedgerSteps.succeeded(run)))
              .toList();
      for (FinishResult result : await(ports.runs().finish(REPLICA, finishes))) {
        expect(result == FinishResult.RECORDED, result);
      }
    }
  }

  private static void expect(boolean holds, Object instead) {
    if (!holds) {
      throw new IllegalStateException("not as expected: " + instead);
    }
  }
}
