package io.carillon.simulation;

import io.carillon.engine.Courier;
import io.carillon.engine.Courier.Reply;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Whoever is rung, and the wires to there: answers well, badly, late or never. What a dead or
 * frozen replica has sent is at work there all the same.
 */
final class Receiver {

  private final Chance chance;
  private final SettableClock clock;
  private final Promises promises;
  private final Trace trace;
  private final List<Exchange> open = new ArrayList<>();
  private final Map<RunId, String> reportTokens = new HashMap<>();
  private boolean moody = true;

  Receiver(Chance chance, SettableClock clock, Promises promises, Trace trace) {
    this.chance = chance;
    this.clock = clock;
    this.promises = promises;
    this.trace = trace;
  }

  Courier courier(Replica of) {
    return new Courier() {
      @Override
      public CompletionStage<Reply> deliver(TakenRun run) {
        Exchange exchange = new Exchange(of, run, clock.nanoTime());
        open.add(exchange);
        return exchange.reply;
      }

      @Override
      public void cancel(RunId run) {
        drop(of, run);
      }
    };
  }

  private void drop(Replica from, RunId run) {
    for (Exchange exchange : List.copyOf(open)) {
      if (exchange.from == from && exchange.run.id().equals(run)) {
        exchange.excused = true;
        exchange.reply.complete(new Reply.Unanswered(took(exchange), "cancelled"));
      }
    }
  }

  boolean canMove() {
    forgetWhatIsOver();
    for (Exchange exchange : open) {
      if (canMove(exchange)) {
        return true;
      }
    }
    return false;
  }

  private boolean canMove(Exchange exchange) {
    return exchange.sent ? clock.nanoTime() - exchange.answersAt >= 0 : exchange.from.isAwake();
  }

  /** When the next of them is answered or times out; monotonic, ns. */
  long nextEvent() {
    long next = Long.MAX_VALUE;
    for (Exchange exchange : open) {
      next = Math.min(next, exchange.timesOutAt());
      next = exchange.sent ? Math.min(next, exchange.answersAt) : next;
    }
    return next;
  }

  /** With which a run's receiver reports. */
  Optional<String> reportToken(RunId run) {
    return Optional.ofNullable(reportTokens.get(run));
  }

  private void forgetWhatIsOver() {
    if (open.isEmpty()) {
      return;
    }
    long now = clock.nanoTime();
    for (Exchange exchange : List.copyOf(open)) {
      if (exchange.isTimedOut(now) && !exchange.reply.isDone()) {
        answer(exchange, new Reply.Unanswered(took(exchange), "timeout"));
      }
    }
    open.removeIf(
        exchange ->
            exchange.answered
                || !exchange.from.isAlive() && !exchange.sent
                || exchange.reply.isDone() && exchange.isTimedOut(now));
  }

  /** Something happens to one of them. */
  void move() {
    forgetWhatIsOver();
    List<Exchange> movable = open.stream().filter(this::canMove).toList();
    if (movable.isEmpty()) {
      return;
    }
    Exchange exchange = moody ? chance.oneOf(movable) : movable.get(0);
    if (exchange.sent) {
      answer(exchange);
    } else {
      send(exchange);
    }
  }

  private void send(Exchange exchange) {
    if (moody && chance.onceIn(20)) {
      answer(exchange, new Reply.Unanswered(took(exchange), "connect"));
    } else if (exchange.run.definition().guard().isPresent()
        && exchange.run.isFirstAttempt()
        && chance.onceIn(4)) {
      answer(exchange, new Reply.NotSent(took(exchange), "guard"));
    } else {
      exchange.sent = true;
      exchange.answersAt = clock.nanoTime() + thinks().toNanos();
      exchange.run.reportToken().ifPresent(token -> reportTokens.put(exchange.run.id(), token));
      trace.note(() -> "rings " + exchange.run.id() + " by=" + exchange.from);
      promises.rings(exchange, open);
    }
  }

  private Duration thinks() {
    int most = moody ? chance.oneOf(20, 20, 20, 500, 5_000, 60_000) : 20;
    return chance.millis(1, most);
  }

  private void answer(Exchange exchange) {
    switch (moody ? chance.below(12) : 9) {
      case 0, 1 -> answer(exchange, answered(exchange, 500, Optional.empty(), false));
      case 2 ->
          answer(exchange, answered(exchange, 503, Optional.of(Duration.ofSeconds(2)), false));
      case 3 -> answer(exchange, answered(exchange, 400, Optional.empty(), true));
      case 4 -> {
        int status = chance.onceIn(8) ? 410 : 500;
        answer(exchange, answered(exchange, status, Optional.empty(), false));
      }
      default -> answer(exchange, answered(exchange, 204, Optional.empty(), false));
    }
  }

  private Reply answered(
      Exchange exchange, int status, Optional<Duration> retryAfter, boolean noRetry) {
    return new Reply.Answered(took(exchange), status, retryAfter, noRetry);
  }

  private void answer(Exchange exchange, Reply reply) {
    exchange.answered = true;
    open.remove(exchange);
    trace.note(() -> "answer for " + exchange.run.id() + " to=" + exchange.from + ' ' + reply);
    if (exchange.from.isAwake()) {
      exchange.conclude(reply);
    } else if (exchange.from.isAlive()) {
      exchange.from.onAwake(() -> exchange.conclude(reply));
    }
  }

  private Duration took(Exchange exchange) {
    return exchange.took(clock.nanoTime());
  }

  /** From now on everybody answers well, and at once. */
  void calmDown() {
    moody = false;
  }
}
