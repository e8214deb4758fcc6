package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Written;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.RunId;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the queue of one job is not what it should be, only its own runs do not go on. */
class DamagedQueuesTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());
  private final RunLedger ledger = REDIS.ports().runs();

  @Test
  void aQueueThatCannotBeReadKeepsNoJobFromBeingWritten() {
    // Given
    oneWaits("gongs");
    spoil(Keys.FIRST.waiting("damaged"));
    List<String> ids = List.of("sound", "damaged", "sound-too");

    // When
    List<Written> written =
        REDIS
            .ports()
            .jobs()
            .putAll(
                ids.stream()
                    .map(id -> steps.creation(id, aJob().build(), Optional.of(steps.now())))
                    .toList());

    // Then
    for (int i = 0; i < ids.size(); i++) {
      assertThat(written.get(i)).isEqualTo(new Written.Done(steps.find(ids.get(i))));
    }
    mend(Keys.FIRST.waiting("damaged"));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aQueueThatCannotBeReadKeepsNoOutcomeFromBeingRecordedAndNoOtherRunFromGoingOn() {
    // Given
    oneWaits("damaged");
    oneWaits("sound");
    List<TakenRun> runs = steps.take("a", "one").runs();
    spoil(Keys.FIRST.waiting("damaged"));

    // When
    List<FinishResult> results = finish(runs);

    // Then
    assertThat(runs)
        .extracting(run -> run.id().jobId())
        .containsExactlyInAnyOrder("damaged", "sound");
    assertThat(results).containsExactly(FinishResult.RECORDED, FinishResult.RECORDED);
    assertThat(steps.take("a", "two").runs())
        .extracting(run -> run.id().jobId())
        .containsExactly("sound");
  }

  @Test
  void aWaitingRunWhoseRefusalCannotBeRecordedGoesOnWaiting() {
    // Given
    REDIS.ports().scheduler().change(limitOfAll(2));
    oneWaits("damaged");
    TakenRun run = steps.take("a", "one").runs().get(0);
    steps.readyRun("gongs", aJob());
    REDIS.ports().scheduler().change(limitOfAll(1));
    spoil(Keys.FIRST.history("damaged"));

    // When
    Written written = replaced(steps.find("damaged"), limited(2));

    // Then
    assertThat(written).isInstanceOf(Written.Done.class);
    assertThat(members(Keys.FIRST.of(Known.QUEUED)))
        .isEqualTo(members(Keys.FIRST.waiting("damaged")))
        .hasSize(1);
    assertThat(run.id().jobId()).isEqualTo("damaged");
    mend(Keys.FIRST.history("damaged"));
    ledger.reap("b", 100);
    assertThat(members(Keys.FIRST.of(Known.QUEUED))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  private static DefinitionBuilder limited(int limit) {
    return aJob().limitedTo(new ConcurrencyPolicy(limit, OnLimit.QUEUE, 10));
  }

  private static Change limitOfAll(int limit) {
    return new Change(
        Optional.empty(), Optional.of(Optional.of(new ConcurrencyPolicy(limit, OnLimit.SKIP, 0))));
  }

  /** Creates a job of which one run is ready and another waits for it. */
  private void oneWaits(String id) {
    Job job = steps.dueJob(id, limited(1));
    for (String occurrence : List.of("x", "y")) {
      ledger.accept(
          new ByHand(
              RunId.byHand(id, job.incarnation(), steps.now(), occurrence),
              steps.now(),
              Optional.empty()));
    }
  }

  private List<FinishResult> finish(List<TakenRun> runs) {
    return await(
        ledger.finish(
            "a",
            runs.stream().map(run -> new Finish(run.id(), run.token(), succeeded(run))).toList()));
  }

  private Written replaced(Job job, DefinitionBuilder definition) {
    return REDIS.ports().jobs().putAll(List.of(steps.replacement(job, definition.build()))).get(0);
  }

  private static List<String> members(String key) {
    return REDIS.queries().call(Command.ZRANGE, key, "0", "-1").stream()
        .map(Response::toString)
        .toList();
  }

  private static void mend(String key) {
    REDIS.queries().call(Command.DEL, key);
  }

  /** Has a key hold what no script expects of it. */
  private static void spoil(String key) {
    REDIS.queries().call(Command.SET, key, "spoilt");
  }
}
