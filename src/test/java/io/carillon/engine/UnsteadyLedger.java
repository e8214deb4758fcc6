package io.carillon.engine;

import io.carillon.job.Run;
import io.carillon.job.RunId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A ledger that loses questions or answers, holds answers back, or refuses a claim. */
final class UnsteadyLedger implements RunLedger {

  private final RunLedger ledger;
  private final AtomicInteger questionsToLose = new AtomicInteger();
  private final AtomicInteger answersToLose = new AtomicInteger();
  private final AtomicInteger questions = new AtomicInteger();
  private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
  private volatile Predicate<Claim> refused = claim -> false;
  private volatile boolean refusesAfterwards;
  private volatile boolean forgetsOwners;

  UnsteadyLedger(RunLedger ledger) {
    this.ledger = ledger;
  }

  /** The next questions on the hot path do not arrive. */
  void losesQuestions(int number) {
    questionsToLose.set(number);
  }

  /** The next questions on the hot path do arrive, but nobody hears the answers. */
  void losesAnswers(int number) {
    answersToLose.set(number);
  }

  void holdsAnswers() {
    gate = new CompletableFuture<>();
  }

  void givesAnswers() {
    gate.complete(null);
  }

  /** A batch with such a claim in it is an error. */
  void refuses(Predicate<Claim> claims) {
    refused = claims;
  }

  /** The next batch is claimed, but its answer is an error, as where one claim of it failed. */
  void refusesAfterwards() {
    refusesAfterwards = true;
  }

  /** Nobody is told what it owns. */
  void forgetsOwners() {
    forgetsOwners = true;
  }

  /** How many were asked on the hot path, lost or not. */
  int questions() {
    return questions.get();
  }

  @Override
  public CompletionStage<List<ClaimResult>> claim(long epoch, List<Claim> claims, HandOff to) {
    if (claims.stream().anyMatch(refused)) {
      return refusal();
    }
    CompletionStage<List<ClaimResult>> answer = exchange(() -> ledger.claim(epoch, claims, to));
    if (refusesAfterwards) {
      refusesAfterwards = false;
      return refusal();
    }
    return answer;
  }

  private static <T> CompletionStage<T> refusal() {
    return CompletableFuture.failedFuture(StoreUnavailable.refused("not to be claimed", null));
  }

  @Override
  public CompletionStage<List<TakenRun>> owned(String replica, String token) {
    return forgetsOwners
        ? CompletableFuture.completedFuture(List.of())
        : exchange(() -> ledger.owned(replica, token));
  }

  @Override
  public CompletionStage<Taken> take(Take take) {
    return exchange(() -> ledger.take(take));
  }

  @Override
  public CompletionStage<List<FinishResult>> finish(String replica, List<Finish> finishes) {
    return exchange(() -> ledger.finish(replica, finishes));
  }

  private <T> CompletionStage<T> exchange(Supplier<CompletionStage<T>> question) {
    questions.incrementAndGet();
    if (questionsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return lost("question lost");
    }
    CompletionStage<T> answer = question.get();
    if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return lost("answer lost");
    }
    // A failure is handed on as it is; behind a gate it would come wrapped.
    return gate.isDone() ? answer : gate.thenCompose(open -> answer);
  }

  private static <T> CompletionStage<T> lost(String message) {
    return CompletableFuture.failedFuture(StoreUnavailable.silent(message, null));
  }

  @Override
  public Acceptance accept(ByHand run) {
    return ledger.accept(run);
  }

  @Override
  public Acceptance accept(ByHand run, IdempotencyKeys.Claim under) {
    return ledger.accept(run, under);
  }

  @Override
  public Optional<Run> acceptedUnder(String key, RunId id) {
    return ledger.acceptedUnder(key, id);
  }

  @Override
  public boolean cancel(RunId id) {
    return ledger.cancel(id);
  }

  @Override
  public Acceptance redeliver(RunId id) {
    return ledger.redeliver(id);
  }

  @Override
  public Reception complete(Report report) {
    return ledger.complete(report);
  }

  @Override
  public Failures failures(Optional<String> before, int size) {
    return ledger.failures(before, size);
  }

  @Override
  public Reaped reap(String replica, int max) {
    return ledger.reap(replica, max);
  }

  @Override
  public List<Run> runs(String jobId) {
    return ledger.runs(jobId);
  }

  @Override
  public Optional<Run> find(RunId id) {
    return ledger.find(id);
  }

  @Override
  public Load load() {
    return ledger.load();
  }

  @Override
  public Audit audit(Optional<String> from, int max) {
    return ledger.audit(from, max);
  }
}
