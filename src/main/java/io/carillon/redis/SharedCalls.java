package io.carillon.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Calls of one script that concurrent callers share, an item each, one after the other. An item
 * that comes while a call is under way goes with the next one, together with all others that wait;
 * none waits for others to come.
 */
final class SharedCalls {

  /** Of one call, which keeps Redis from everything else meanwhile: a few milliseconds. */
  private static final int MOST_ITEMS = 100;

  private static final int MOST_BYTES = 1 << 20;

  private final Function<List<ScriptCall.Item>, Future<Response>> call;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean underWay;

  /** Whether somebody sends what waits, and goes on to what comes meanwhile. */
  private boolean sending;

  /**
   * @param call sends a call with these items; what it answers, or throws, is theirs
   */
  SharedCalls(Function<List<ScriptCall.Item>, Future<Response>> call) {
    this.call = call;
  }

  private record Waiting(ScriptCall.Item item, CompletableFuture<Share> answer) {}

  /**
   * The answer of a call to one of its items.
   *
   * @param reply to all items
   */
  record Share(Response reply, int item) {}

  /** Sends items, together where they fit; each future fails as the call that carries it does. */
  List<CompletableFuture<Share>> send(List<ScriptCall.Item> items) {
    List<Waiting> added =
        items.stream().map(item -> new Waiting(item, new CompletableFuture<>())).toList();
    // Here, and not while the others are kept waiting.
    items.forEach(ScriptCall.Item::packed);
    synchronized (this) {
      waiting.addAll(added);
    }
    sendWaiting();
    return added.stream().map(Waiting::answer).toList();
  }

  /** A loop, since a call may be answered at once, all of many that wait one after the other. */
  private void sendWaiting() {
    if (beginSending()) {
      List<Waiting> together = next();
      while (!together.isEmpty()) {
        List<Waiting> asking = together;
        ask(asking).onComplete(reply -> answer(asking, reply));
        together = next();
      }
    }
  }

  private Future<Response> ask(List<Waiting> together) {
    try {
      return call.apply(together.stream().map(Waiting::item).toList());
    } catch (RuntimeException | Error failure) {
      return Future.failedFuture(failure);
    }
  }

  private synchronized boolean beginSending() {
    boolean first = !sending;
    sending = true;
    return first;
  }

  /** Empty while a call is under way, and when nothing waits; the sending has ended then. */
  private synchronized List<Waiting> next() {
    List<Waiting> together = new ArrayList<>();
    long bytes = 0;
    while (!underWay && !waiting.isEmpty() && together.size() < MOST_ITEMS) {
      bytes += waiting.peek().item.packed().length;
      if (bytes > MOST_BYTES && !together.isEmpty()) {
        break;
      }
      together.add(waiting.remove());
    }
    underWay |= !together.isEmpty();
    sending = !together.isEmpty();
    return together;
  }

  private void answer(List<Waiting> together, AsyncResult<Response> reply) {
    synchronized (this) {
      underWay = false;
    }
    // First of all Redis gets on with the next call.
    sendWaiting();
    for (int i = 0; i < together.size(); i++) {
      CompletableFuture<Share> answer = together.get(i).answer;
      if (reply.succeeded()) {
        answer.complete(new Share(reply.result(), i));
      } else {
        answer.completeExceptionally(reply.cause());
      }
    }
  }
}
