package io.carillon.engine;

import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A courier whose deliveries end when the test says so. */
final class HoldingCourier implements Courier {

  private static final Duration TOOK = Duration.ofMillis(12);

  private final List<TakenRun> delivered = new CopyOnWriteArrayList<>();
  private final Map<RunId, CompletableFuture<Reply>> underWay = new ConcurrentHashMap<>();

  @Override
  public CompletionStage<Reply> deliver(TakenRun run) {
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    underWay.put(run.id(), reply);
    delivered.add(run);
    return reply;
  }

  @Override
  public void cancel(RunId run) {
    underWay.remove(run).complete(new Reply.Unanswered(TOOK, "cancelled"));
  }

  /** Every attempt that was begun. */
  List<TakenRun> delivered() {
    return delivered;
  }

  void answers(RunId run, int status) {
    underWay.remove(run).complete(new Reply.Answered(TOOK, status, Optional.empty(), false));
  }
}
