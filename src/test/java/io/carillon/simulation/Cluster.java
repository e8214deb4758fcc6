package io.carillon.simulation;

import io.carillon.engine.Meters;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.Safeguard;
import io.carillon.engine.twin.SettableClock;
import io.carillon.simulation.Violation.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everybody, and the time that passes for all of them. */
final class Cluster {

  private static final int HISTORY_KEPT = 100_000;
  private static final int MOST_MOVES_A_SECOND = 5_000;
  private static final Duration BETWEEN_EVENTS = Duration.ofMillis(500);

  private final Chance chance;
  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger;
  private final Trace trace;
  private final Promises promises;
  private final Store store;
  private final Network network;
  private final Receiver receiver;
  private final Whispers whispers;
  private final Users users;
  private final List<Replica> replicas = new ArrayList<>();
  private final boolean storeMayForget;
  private int started;
  private int waiting;

  Cluster(Chance chance, Set<Safeguard> missing, Set<Promise> overlooked, boolean traced) {
    this.chance = chance;
    this.trace = new Trace(clock, traced);
    this.ledger = new InMemoryLedger(clock, HISTORY_KEPT, missing);
    this.promises = new Promises(ledger, overlooked);
    this.store = new Store(ledger, clock, promises, trace);
    this.network = new Network(chance, store, clock, trace, this::meanwhile);
    this.receiver = new Receiver(chance, clock, promises, trace);
    this.whispers = new Whispers(chance, () -> replicas);
    this.users = new Users(chance, ledger, receiver, promises, trace);
    this.storeMayForget = chance.onceIn(2);
    ledger.hints().subscribe(whispers);
    int size = 2 + chance.below(3);
    for (int i = 0; i < size; i++) {
      replicas.add(start());
    }
  }

  private Replica start() {
    Meters alarm = new Alarm(() -> promises.broken(Promise.NO_FAILURE, "a job could not be timed"));
    return new Replica(
        "r" + ++started,
        clock,
        chance.millis(-20, 20),
        network,
        ledger,
        receiver,
        chance.forAnother(),
        alarm);
  }

  List<Replica> replicas() {
    return replicas;
  }

  InMemoryLedger ledger() {
    return ledger;
  }

  Promises promises() {
    return promises;
  }

  Users users() {
    return users;
  }

  Trace trace() {
    return trace;
  }

  Instant now() {
    return clock.instant();
  }

  /** One that a user could reach. */
  Optional<Replica> anyAwake() {
    List<Replica> awake = replicas.stream().filter(Replica::isAwake).toList();
    return awake.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(awake));
  }

  // Accidents

  void kill(Replica victim) {
    victim.die();
    network.forget(victim);
  }

  /**
   * Puts a new process in the place of a dead one.
   *
   * @return false when all are alive
   */
  boolean restart() {
    for (int i = 0; i < replicas.size(); i++) {
      if (!replicas.get(i).isAlive()) {
        Replica fresh = start();
        trace.note(() -> "started " + fresh);
        replicas.set(i, fresh);
        return true;
      }
    }
    return false;
  }

  /** It is back after a while, without what it had not written. */
  void crashStore() {
    store.write(!storeMayForget);
    store.crash();
    network.breakConnections();
    goOn(chance.millis(100, 4_000));
    store.comeBack();
  }

  void fillStoreOrMakeRoom() {
    if (store.ledger().scheduler().isFull()) {
      store.ledger().makeRoom();
    } else {
      store.ledger().fillUp();
    }
  }

  /** No more accidents. */
  void calmDown() {
    trace.note(() -> "everything calms down");
    network.calmDown();
    whispers.calmDown();
    receiver.calmDown();
    store.ledger().makeRoom();
    replicas.forEach(replica -> replica.cutOff(false));
    replicas.forEach(replica -> replica.setClockOffBy(Duration.ZERO));
    replicas.stream().filter(Replica::isAlive).forEach(Replica::thaw);
    while (restart()) {
      // Until all are alive.
    }
  }

  // Moves and time

  /** Somebody who is due moves; if nobody is, time passes until somebody will be. */
  void move() {
    if (!moveSomebody()) {
      pass(untilNextEvent());
    }
  }

  private boolean moveSomebody() {
    List<Turn> due = dueTurns();
    int messages = network.canMove() ? 2 : 0;
    int hints = whispers.canMove() ? 1 : 0;
    int rings = receiver.canMove() ? 1 : 0;
    int all = due.size() + messages + hints + rings;
    if (all == 0) {
      return false;
    }
    int which = chance.below(all);
    if (which < due.size()) {
      step(due.get(which));
    } else if (which < due.size() + messages) {
      network.move();
    } else if (which < due.size() + messages + hints) {
      whispers.arrive();
    } else {
      receiver.move();
    }
    return true;
  }

  private List<Turn> dueTurns() {
    long now = clock.nanoTime();
    List<Turn> due = new ArrayList<>();
    for (Replica replica : replicas) {
      if (replica.isAwake()) {
        for (Turn turn : replica.turns()) {
          if (turn.isDue(now)) {
            due.add(turn);
          }
        }
      }
    }
    return due;
  }

  private void step(Turn turn) {
    try {
      turn.take(clock.nanoTime());
    } catch (RuntimeException failure) {
      promises.broken(Promise.NO_FAILURE, "a step of " + turn + " failed: " + failure);
    }
  }

  /** Others move while somebody waits for the store; not without end. */
  private void meanwhile() {
    if (waiting < 2) {
      waiting++;
      for (int moves = chance.below(6); moves > 0; moves--) {
        move();
      }
      if (chance.onceIn(4)) {
        pass(chance.millis(1, 3_500));
      }
      waiting--;
    }
  }

  private Duration untilNextEvent() {
    long now = clock.nanoTime();
    long next = Math.min(now + BETWEEN_EVENTS.toNanos(), receiver.nextEvent());
    next = Math.min(next, network.nextEvent());
    for (Replica replica : replicas) {
      if (replica.isAwake()) {
        for (Turn turn : replica.turns()) {
          next = Math.min(next, turn.wakesAt());
        }
      }
    }
    return Duration.ofNanos(Math.max(next - now, 1_000));
  }

  void pass(Duration time) {
    clock.advance(time);
    if (storeMayForget && !store.isDown()) {
      store.write(false);
    }
  }

  /** Everybody goes on for a while, each when they are due. */
  void goOn(Duration time) {
    Instant until = now().plus(time);
    long most = (time.toSeconds() + 1) * MOST_MOVES_A_SECOND;
    for (long moves = 0; now().isBefore(until) && promises.firstBroken().isEmpty(); moves++) {
      move();
      if (moves > most) {
        promises.broken(Promise.NO_FAILURE, "somebody does not come to rest");
      }
    }
  }
}
