package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.redis.SharedCalls.Share;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.SimpleStringType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedCallsTest {

  private static final ScriptHead HEAD =
      ScriptHead.read("-- ITEM     job         word    id\n--          payload     text    any\n");

  private final List<List<ScriptCall.Item>> sent = new ArrayList<>();
  private final List<Promise<Response>> replies = new ArrayList<>();
  private final SharedCalls calls =
      new SharedCalls(
          items -> {
            sent.add(items);
            replies.add(Promise.promise());
            return replies.get(replies.size() - 1).future();
          });

  @Test
  void anItemThatComesAloneGoesAtOnce() {
    // When
    ScriptCall.Item item = item(1);
    CompletableFuture<Share> answer = sendOne(item);

    // Then
    assertThat(sent).containsExactly(List.of(item));
    assertThat(answer).isNotDone();
  }

  @Test
  void itemsThatComeWhileACallIsUnderWayShareTheNextOne() {
    // Given
    sendOne(item(1));
    ScriptCall.Item one = item(1);
    ScriptCall.Item other = item(1);
    CompletableFuture<Share> first = sendOne(one);
    CompletableFuture<Share> second = sendOne(other);

    // When
    reply(0);

    // Then
    assertThat(sent).hasSize(2).last().isEqualTo(List.of(one, other));
    Response reply = reply(1);
    assertThat(first).isCompletedWithValue(new Share(reply, 0));
    assertThat(second).isCompletedWithValue(new Share(reply, 1));
  }

  @Test
  void oneCallTakesNeitherTooManyItemsNorTooLargeOnes() {
    // When
    calls.send(Collections.nCopies(250, item(1)));
    calls.send(Collections.nCopies(3, item(600_000)));
    calls.send(List.of(item(5_000_000)));
    for (int call = 0; call < sent.size(); call++) {
      reply(call);
    }

    // Then
    assertThat(sent).extracting(List::size).containsExactly(100, 100, 51, 1, 1, 1);
  }

  @Test
  void aCallThatFailsFailsItsOwnItemsOnlyAndTheNextOneGoes() {
    // Given
    CompletableFuture<Share> lost = sendOne(item(1));
    CompletableFuture<Share> waiting = sendOne(item(1));

    // When
    replies.get(0).fail("no answer");

    // Then
    assertThat(lost).isCompletedExceptionally();
    Response reply = reply(1);
    assertThat(waiting).isCompletedWithValue(new Share(reply, 0));
  }

  @Test
  void aCallThatCannotEvenBeSentFailsItsOwnItemsOnlyAndTheNextOneGoes() {
    // Given
    RuntimeException unsendable = new IllegalStateException("not to be sent");
    Queue<Supplier<Future<Response>>> outcomes =
        new ArrayDeque<>(
            List.of(
                () -> {
                  throw unsendable;
                },
                () -> Future.succeededFuture(SimpleStringType.create("done"))));
    SharedCalls failing = new SharedCalls(items -> outcomes.remove().get());

    // When
    CompletableFuture<Share> lost = failing.send(List.of(item(1))).get(0);
    CompletableFuture<Share> next = failing.send(List.of(item(1))).get(0);

    // Then
    assertThat(lost).failsWithin(Duration.ZERO).withThrowableThat().withCause(unsendable);
    assertThat(next).isCompleted();
  }

  /** Each is so large that it goes alone. */
  @Test
  void howeverManyWaitCallsThatAreAnsweredAtOnceFollowOneAnother() {
    // Given
    Promise<Response> first = Promise.promise();
    Queue<Future<Response>> outcomes = new ArrayDeque<>(List.of(first.future()));
    SharedCalls failing =
        new SharedCalls(
            items -> outcomes.isEmpty() ? Future.failedFuture("no connection") : outcomes.remove());
    List<CompletableFuture<Share>> answers =
        failing.send(Collections.nCopies(100_000, item(600_000)));

    // When
    first.fail("no answer");

    // Then
    assertThat(answers).hasSize(100_000).allMatch(CompletableFuture::isCompletedExceptionally);
    assertThat(failing.send(List.of(item(1))).get(0)).isCompletedExceptionally();
  }

  @Test
  void whatIsSentFromManyThreadsWhileCallsFailAtOnceIsAllAnswered() throws Exception {
    // Given
    SharedCalls failing = new SharedCalls(items -> Future.failedFuture("no connection"));
    ExecutorService threads = Executors.newFixedThreadPool(4);

    // When
    List<Callable<List<CompletableFuture<Share>>>> callers =
        Collections.nCopies(2_000, () -> failing.send(List.of(item(1))));
    List<java.util.concurrent.Future<List<CompletableFuture<Share>>>> sent =
        threads.invokeAll(callers);
    threads.shutdown();

    // Then
    for (java.util.concurrent.Future<List<CompletableFuture<Share>>> one : sent) {
      assertThat(one.get().get(0)).isCompletedExceptionally();
    }
  }

  private CompletableFuture<Share> sendOne(ScriptCall.Item item) {
    return calls.send(List.of(item)).get(0);
  }

  private static ScriptCall.Item item(int bytes) {
    return new ScriptCall.Item(HEAD).with("job", "bells").with("payload", "x".repeat(bytes));
  }

  private Response reply(int call) {
    Response reply = SimpleStringType.create("done");
    replies.get(call).complete(reply);
    return reply;
  }
}
