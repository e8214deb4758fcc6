package io.carillon.simulation;

import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.time.Instant;

/**
 * The store: the model, and what can happen to it. After a crash it knows what it knew at some
 * instant of the last second, as with an append-only file that is written each second.
 */
final class Store {

  private static final Duration WRITTEN_EVERY = Duration.ofSeconds(1);

  private final InMemoryLedger ledger;
  private final SettableClock clock;
  private final Promises promises;
  private final Trace trace;
  private boolean down;
  private Instant writtenAt = Instant.MIN;
  private Runnable asWritten = () -> {};

  Store(InMemoryLedger ledger, SettableClock clock, Promises promises, Trace trace) {
    this.ledger = ledger;
    this.clock = clock;
    this.promises = promises;
    this.trace = trace;
  }

  InMemoryLedger ledger() {
    return ledger;
  }

  boolean isDown() {
    return down;
  }

  Object run(Replica from, Command command) {
    Object answer =
        command.name().equals("clockOffset")
            ? Duration.between(from.now(), clock.instant())
            : promises.watch(from, command);
    trace.note(() -> from + ": " + command + " → " + answer);
    return answer;
  }

  /** Has what is known survive a crash, at the latest a second after it was last done. */
  void write(boolean now) {
    if (now || !clock.instant().isBefore(writtenAt.plus(WRITTEN_EVERY))) {
      Runnable ledgerThen = ledger.wayBack();
      Runnable promisesThen = promises.wayBack();
      asWritten =
          () -> {
            ledgerThen.run();
            promisesThen.run();
          };
      writtenAt = clock.instant();
    }
  }

  /** It is gone, and with it what was not written. */
  void crash() {
    trace.note(() -> "store crashed, forgets what happened since " + writtenAt);
    down = true;
    asWritten.run();
  }

  void comeBack() {
    if (down) {
      trace.note(() -> "store back");
      down = false;
    }
  }
}
