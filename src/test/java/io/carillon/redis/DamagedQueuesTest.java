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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the queue of one job is not what it should be, only its own runs do not go on. */
class DamagedQueuesTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final RedisDamage damage = new RedisDamage(REDIS.queries());

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());
  private final RunLedger ledger = REDIS.ports().runs();

  @Test
  void aQueueThatCannotBeReadKeepsNoJobFromBeingWritten() {
    // Given
    oneWaits("gongs");
    damage.spoil(Keys.FIRST.waiting("damaged"));
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
    damage.mend(Keys.FIRST.waiting("damaged"));
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aQueueThatCannotBeReadKeepsNoOutcomeFromBeingRecordedAndNoOtherRunFromGoingOn() {
    // Given
    oneWaits("damaged");
    oneWaits("sound");
    List<TakenRun> runs = steps.take("a", "one").runs();
    damage.spoil(Keys.FIRST.waiting("damaged"));

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
    damage.spoil(Keys.FIRST.history("damaged"));

    // When
    Written written = steps.replaced(steps.find("damaged"), limited(2));

    // Then
    assertThat(written).isInstanceOf(Written.Done.class);
    assertThat(REDIS.members(Keys.FIRST.of(Known.QUEUED)))
        .isEqualTo(REDIS.members(Keys.FIRST.waiting("damaged")))
        .hasSize(1);
    assertThat(run.id().jobId()).isEqualTo("damaged");
    damage.mend(Keys.FIRST.history("damaged"));
    ledger.reap("b", 100);
    assertThat(REDIS.members(Keys.FIRST.of(Known.QUEUED))).isEmpty();
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
}
