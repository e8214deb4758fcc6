package io.carillon.simulation;

import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.SettableClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What lies between the replicas and the store. As long as it is rough, it loses questions and
 * answers, repeats what is asked, and delivers what its author has given up; in between others have
 * their turn.
 */
final class Network {

  private final Chance chance;
  private final Store store;
  private final SettableClock clock;
  private final Trace trace;
  private final Runnable meanwhile;
  private final List<Message> underWay = new ArrayList<>();
  private boolean rough = true;

  /** A question that is answered later. */
  private static final class Message {
    final Replica from;
    final Command command;
    final CompletableFuture<Object> answer = new CompletableFuture<>();
    long arrivesAt;
    boolean done;
    Runnable reply;

    Message(Replica from, Command command, long arrivesAt) {
      this.from = from;
      this.command = command;
      this.arrivesAt = arrivesAt;
    }

    /** Who is dead or frozen hears nothing. */
    boolean canMove(long now) {
      return done ? from.isAwake() : now - arrivesAt >= 0;
    }
  }

  /**
   * @param meanwhile lets others have their turn while somebody waits for an answer
   */
  Network(Chance chance, Store store, SettableClock clock, Trace trace, Runnable meanwhile) {
    this.chance = chance;
    this.store = store;
    this.clock = clock;
    this.trace = trace;
    this.meanwhile = meanwhile;
  }

  /** A port of the store as a replica reaches it. */
  <T> T reach(Class<T> type, T port, Replica from) {
    Object remote =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              Command command = new Command(port, method, arguments);
              if (command.name().equals("onConnectionLost")) {
                // Nobody is told: losing a question or an answer comes to the same.
                return null;
              }
              return command.isAnsweredLater() ? send(from, command) : exchange(from, command);
            });
    return type.cast(remote);
  }

  private CompletableFuture<Object> send(Replica from, Command command) {
    boolean stuck = rough && chance.onceIn(60);
    Duration delay = stuck ? chance.millis(100, 8_000) : Duration.ZERO;
    Message message = new Message(from, command, clock.nanoTime() + delay.toNanos());
    underWay.add(message);
    return message.answer;
  }

  private Object exchange(Replica from, Command command) {
    if (store.isDown() || from.isCutOff()) {
      throw StoreUnavailable.silent("out of reach", null);
    }
    if (!rough) {
      return store.run(from, command);
    }
    switch (chance.below(60)) {
      case 0:
        trace.note(() -> "question lost from=" + from + ' ' + command.name());
        throw StoreUnavailable.silent("question lost", null);
      case 1:
        store.run(from, command);
        trace.note(() -> "answer lost to=" + from + ' ' + command.name());
        throw StoreUnavailable.silent("answer lost", null);
      case 2:
        trace.note(() -> "done twice for=" + from + ' ' + command.name());
        store.run(from, command);
        return store.run(from, command);
      case 3:
        return slowly(from, command);
      default:
        return store.run(from, command);
    }
  }

  private Object slowly(Replica from, Command command) {
    trace.note(() -> "asks slowly " + from + ' ' + command.name());
    meanwhile.run();
    if (store.isDown() || from.isCutOff()) {
      throw StoreUnavailable.silent("lost on the way", null);
    }
    Object answer = store.run(from, command);
    meanwhile.run();
    return answer;
  }

  boolean canMove() {
    long now = clock.nanoTime();
    for (Message message : underWay) {
      if (message.canMove(now)) {
        return true;
      }
    }
    return false;
  }

  /** When the next question that is stuck arrives; monotonic, ns. */
  long nextEvent() {
    long next = Long.MAX_VALUE;
    for (Message message : underWay) {
      next = message.done ? next : Math.min(next, message.arrivesAt);
    }
    return next;
  }

  /** Moves one message a step towards its end. */
  void move() {
    long now = clock.nanoTime();
    List<Message> movable = underWay.stream().filter(message -> message.canMove(now)).toList();
    move(chance.oneOf(movable));
  }

  private void move(Message message) {
    if (store.isDown() || message.from.isCutOff()) {
      lose(message, "out of reach");
      return;
    }
    int fate = rough ? chance.below(80) : Integer.MAX_VALUE;
    if (!message.done) {
      ask(message, fate);
    } else if (fate == 0) {
      lose(message, "answer lost");
    } else {
      underWay.remove(message);
      message.reply.run();
    }
  }

  private void ask(Message message, int fate) {
    if (fate == 1) {
      lose(message, "question lost");
    } else if (fate == 2 && message.from.isAwake()) {
      // It is still to come, though nobody waits for it any more.
      trace.note(() -> "given up by=" + message.from + ' ' + message.command.name());
      message.answer.completeExceptionally(StoreUnavailable.silent("too late", null));
    } else {
      if (fate == 3) {
        trace.note(() -> "done twice for=" + message.from + ' ' + message.command.name());
        replyTo(message);
      }
      message.reply = replyTo(message);
      message.done = true;
    }
  }

  private Runnable replyTo(Message message) {
    try {
      Object result = store.run(message.from, message.command);
      return () -> message.answer.complete(result);
    } catch (StoreUnavailable refusal) {
      return () -> message.answer.completeExceptionally(refusal);
    }
  }

  private void lose(Message message, String how) {
    underWay.remove(message);
    if (message.from.isAwake()) {
      trace.note(() -> how + ' ' + message.from + ' ' + message.command.name());
      message.answer.completeExceptionally(StoreUnavailable.silent(how, null));
    } else if (message.from.isAlive()) {
      message.from.onAwake(
          () -> message.answer.completeExceptionally(StoreUnavailable.silent(how, null)));
    }
  }

  /** All connections break; what was not done will not be. */
  void breakConnections() {
    for (Message message : List.copyOf(underWay)) {
      lose(message, "connection broken");
    }
  }

  /** What a dead replica has asked for is done, or not, but nobody hears of it. */
  void forget(Replica dead) {
    underWay.removeIf(message -> message.from == dead && (message.done || chance.onceIn(2)));
  }

  /** What is stuck comes loose, and from now on all goes well. */
  void calmDown() {
    rough = false;
    underWay.forEach(message -> message.arrivesAt = clock.nanoTime());
  }
}
