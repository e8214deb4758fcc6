package io.carillon.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Calls of one script that concurrent callers share, an item each. An item that comes while enough
 * calls are under way goes with the next one, together with all others that wait; none waits for
 * others to come.
 */
final class SharedCalls {

  /** Of one call, which keeps Redis from everything else meanwhile: a few milliseconds. */
  private static final int MOST_ITEMS = 200;

  private static final int MOST_BYTES = 1 << 20;

  /** One for Redis to work on and one to follow at once; more would only make them smaller. */
  private static final int MOST_UNDER_WAY = 2;

  private final Function<List<ScriptCall.Item>, Future<Response>> call;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private int underWay;

  /**
   * @param call sends a call with these items
   */
  SharedCalls(Function<List<ScriptCall.Item>, Future<Response>> call) {
    this.call = call;
  }

  private record Waiting(ScriptCall.Item item, CompletableFuture<Share> answer) {}

  /**
   * What a call answered to one of its items.
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

  private void sendWaiting() {
    List<Waiting> together = next();
    while (!together.isEmpty()) {
      call(together);
      together = next();
    }
  }

  /** Empty while enough are under way, and when nothing waits. */
  private synchronized List<Waiting> next() {
    List<Waiting> together = new ArrayList<>();
    if (underWay < MOST_UNDER_WAY) {
      long bytes = 0;
      while (!waiting.isEmpty() && together.size() < MOST_ITEMS) {
        bytes += waiting.peek().item.packed().length;
        if (bytes > MOST_BYTES && !together.isEmpty()) {
          break;
        }
        together.add(waiting.remove());
      }
      underWay += together.isEmpty() ? 0 : 1;
    }
    return together;
  }

  private void call(List<Waiting> together) {
    call.apply(together.stream().map(Waiting::item).toList())
        .onComplete(
            done -> {
              synchronized (this) {
                underWay--;
              }
              // First of all Redis gets on with the next call.
              sendWaiting();
              for (int i = 0; i < together.size(); i++) {
                CompletableFuture<Share> answer = together.get(i).answer;
                if (done.succeeded()) {
                  answer.complete(new Share(done.result(), i));
                } else {
                  answer.completeExceptionally(done.cause());
                }
              }
            });
  }
}
