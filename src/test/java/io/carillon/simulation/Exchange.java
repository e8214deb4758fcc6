package io.carillon.simulation;

import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.TakenRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One attempt: on its way to the receiver, at work there, or over. */
final class Exchange {

  final Replica from;
  final TakenRun run;
  final long begun;
  final CompletableFuture<Reply> reply = new CompletableFuture<>();

  /** Whether the receiver has heard of it. */
  boolean sent;

  /** When the receiver will have made up its mind; monotonic, ns. */
  long answersAt;

  /** Whether the receiver is through with it. */
  boolean answered;

  /** Whether it may be one too many: its run was ended under it, or the limit changed. */
  boolean excused;

  Exchange(Replica from, TakenRun run, long begun) {
    this.from = from;
    this.run = run;
    this.begun = begun;
  }

  boolean isOf(TakenRun other) {
    return run.id().jobId().equals(other.id().jobId())
        && run.id().incarnation().equals(other.id().incarnation());
  }

  /** Whether its sender would have given up by now. */
  boolean isTimedOut(long now) {
    return now - timesOutAt() >= 0;
  }

  long timesOutAt() {
    return begun + run.definition().timeAllowed().toNanos();
  }

  /** Whether the receiver works on it. */
  boolean isAtWork(long now) {
    return sent && !answered && !isTimedOut(now);
  }

  void conclude(Reply with) {
    answered = true;
    reply.complete(with);
  }

  Duration took(long now) {
    return Duration.ofNanos(now - begun);
  }
}
