package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.await;
import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.JobRequest;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Jobs;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.Precondition;
import io.carillon.engine.RunLedger;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Finish;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.HandOff;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.RunLedger.Reaped;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.RunId;
import io.carillon.redis.Keys.Known;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where one key is not what it should be, everything else goes on, and nothing is done twice. */
class DamagedLedgerTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final RedisDamage damage = new RedisDamage(REDIS.queries());

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());
  private final RunLedger ledger = REDIS.ports().runs();
  private long epoch;

  @BeforeEach
  void lead() {
    epoch = steps.lead();
  }

  @Test
  void anOutcomeThatCannotBeRecordedKeepsNoOtherFromIt() {
    // Given
    List<TakenRun> runs = taken("damaged", "sound");
    damage.spoil(Keys.FIRST.history("damaged"));

    // When
    List<FinishResult> first = finish(runs);
    List<FinishResult> repeated = finish(runs.subList(1, 2));

    // Then
    assertThat(first).containsExactly(FinishResult.UNRECORDABLE, FinishResult.RECORDED);
    assertThat(repeated).containsExactly(FinishResult.STALE);
    assertThat(steps.find("sound").counters().succeeded()).isEqualTo(1);
    assertThat(ledger.runs("sound")).hasSize(1);
    assertThat(told("run.succeeded")).isEqualTo(1);
  }

  @Test
  void aJobThatCannotBeWrittenKeepsNoOtherFromItAndLeavesNothingBehind() {
    // Given
    damage.spoil(Keys.FIRST.tag("damaged"));
    List<Put> puts =
        List.of(
            steps.creation("sound", aJob().tagged("a").build(), Optional.of(steps.now())),
            steps.creation("spoilt", aJob().tagged("damaged").build(), Optional.of(steps.now())),
            steps.creation("sound-too", aJob().build(), Optional.of(steps.now())));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(puts);

    // Then
    assertThat(written.get(0)).isEqualTo(new Written.Done(steps.find("sound")));
    assertThat(written.get(1))
        .isInstanceOfSatisfying(
            Written.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("WRONGTYPE"));
    assertThat(written.get(2)).isEqualTo(new Written.Done(steps.find("sound-too")));
    assertThat(REDIS.ports().jobs().find("spoilt")).isEmpty();
    assertThat(told("job.created")).isEqualTo(2);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatTheStoreRefusesKeepsNoOtherFromBeingTried() {
    // Given
    damage.spoil(Keys.FIRST.tag("damaged"));
    Jobs jobs = new Jobs(REDIS.ports().jobs(), REDIS.ports().clock(), new Random(1));

    // When
    List<Changed> changed =
        jobs.putAll(
            List.of(
                wanted("spoilt", aJob().tagged("damaged")),
                wanted("sound", aJob().named("first")),
                wanted("sound", aJob().named("second")),
                wanted("spoilt", aJob().named("without its tag"))));

    // Then
    assertThat(changed.get(0))
        .isInstanceOfSatisfying(
            Changed.Failed.class, failed -> assertThat(refused(failed)).isTrue());
    assertThat(changed.get(1)).isInstanceOf(Changed.Created.class);
    assertThat(changed.get(2)).isEqualTo(new Changed.Updated(steps.find("sound")));
    assertThat(changed.get(3)).isEqualTo(new Changed.Created(steps.find("spoilt")));
  }

  private static boolean refused(Changed.Failed failed) {
    return failed.cause() instanceof StoreUnavailable refusal && refusal.refused();
  }

  private static JobRequest wanted(String id, DefinitionBuilder definition) {
    return new JobRequest(id, current -> definition.build(), Optional.empty(), Precondition.NONE);
  }

  /** In the middle of several calls, of which the first are on their way already. */
  @Test
  void aJobThatCannotBeWrittenDownKeepsNoOtherFromBeingWritten() {
    // Given
    Instant unheardOf = Instant.parse("1960-01-01T00:00:00Z");
    List<Put> puts =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    steps.creation(
                        "job-" + i,
                        aJob().build(),
                        Optional.of(i == 250 ? unheardOf : steps.now())))
            .toList();

    // When
    List<Written> written = REDIS.ports().jobs().putAll(puts);

    // Then
    assertThat(written)
        .hasSize(300)
        .filteredOn(Written.Done.class::isInstance)
        .hasSize(299)
        .startsWith(new Written.Done(steps.find("job-0")))
        .endsWith(new Written.Done(steps.find("job-299")));
    assertThat(written.get(250))
        .isInstanceOfSatisfying(
            Written.Failed.class,
            failed -> assertThat(failed.cause()).hasMessageContaining("does not fit"));
    assertThat(told("job.created")).isEqualTo(299);
  }

  @Test
  void aJobThatCannotBeReadOnceItIsWrittenHidesNoOther() {
    // Given
    Job job = steps.dueJob("damaged");
    RunId run = new RunId(job.id(), job.incarnation(), "1");
    REDIS
        .queries()
        .call(
            Request.cmd(Command.LPUSH)
                .arg(Keys.FIRST.history(job.id()))
                .arg(Buffer.buffer(endedInAnUnknownState(run))));
    List<Put> puts =
        List.of(
            steps.replacement(job, aJob().named("other").build()),
            steps.creation("sound", aJob().build(), Optional.of(steps.now())));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(puts);

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(written.get(1)).isEqualTo(new Written.Done(steps.find("sound")));
  }

  /** As a newer version may write it. */
  private byte[] endedInAnUnknownState(RunId run) {
    return Schema.ENDED.write(
        field ->
            switch (field) {
              case SUFFIX -> run.toString().substring(run.jobId().length() + 1);
              case STATE -> "unheard-of";
              case TRIGGER -> "schedule";
              case SCHEDULED, STARTED, FINISHED -> steps.now();
              case ATTEMPT, REVISION -> 1;
              default -> Optional.empty();
            });
  }

  @Test
  void aRunWhoseOutcomeCannotBeRecordedIsOfferedAgainAtItsDeadline() {
    // Given
    List<TakenRun> runs = taken("damaged", "sound");
    damage.spoil(Keys.FIRST.history("damaged"));
    finish(runs);
    REDIS.ports().pass(Duration.ofMinutes(1));

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(1, 0));
  }

  @Test
  void whereNoOutcomeCanBeRecordedThatIsTheAnswerAndNothingHasChanged() {
    // Given
    List<TakenRun> runs = taken("damaged");
    damage.spoil(Keys.FIRST.history("damaged"));

    // When
    assertThatThrownBy(() -> finish(runs)).hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(told("run.succeeded")).isZero();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aRunWhoseJobHasDisappearedEndsWithoutIt() {
    // Given
    List<TakenRun> runs = taken("damaged", "sound");
    new RedisDamage(REDIS.queries()).forgetJob("damaged");

    // When
    List<FinishResult> results = finish(runs);

    // Then
    assertThat(results).containsExactly(FinishResult.RECORDED, FinishResult.RECORDED);
    assertThat(ledger.load().active()).isZero();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void anOccurrenceThatCannotBeAcceptedKeepsNoOtherFromIt() {
    // Given
    Job damaged = steps.dueJob("damaged");
    Job sound = steps.dueJob("sound");
    damage.spoil(Keys.FIRST.history("damaged"));
    Claim claim = claimOf(damaged);
    Claim withMissed =
        new Claim(
            claim.jobId(),
            claim.revision(),
            claim.due(),
            claim.occurrence(),
            claim.kind(),
            claim.upcoming(),
            Optional.of(new Missed(claim.occurrence().minusSeconds(10), 1)));

    // When
    assertThatThrownBy(
            () -> await(ledger.claim(epoch, List.of(withMissed, claimOf(sound)), HandOff.NONE)))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(steps.take("a", "one").runs())
        .extracting(run -> run.id().jobId())
        .containsExactly("sound");
    assertThat(steps.find("damaged").lastOccurrence()).isEmpty();
  }

  /** The answer is an error, so who made the claims has to ask. */
  @Test
  void whatIsHandedOffBesideAnOccurrenceThatCannotBeAcceptedIsOwnedByItsClaimant() {
    // Given
    Job damaged = steps.dueJob("damaged", aJob().reported());
    Job sound = steps.dueJob("sound");
    damage.spoil(
        Keys.FIRST.run(
            damaged.id() + '_' + damaged.incarnation() + '_' + steps.now().toEpochMilli()));
    HandOff to = new HandOff("a", "token", 1);

    // When
    assertThatThrownBy(
            () -> await(ledger.claim(epoch, List.of(claimOf(damaged), claimOf(sound)), to)))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(await(ledger.owned("a", "token")))
        .extracting(run -> run.id().jobId())
        .containsExactly("sound");
    assertThat(steps.find("damaged").lastOccurrence()).isEmpty();
    assertThat(told("run.started")).isEqualTo(1);
  }

  @Test
  void aReportAwaitedOfNobodyKeepsNoOtherFromBeingReaped() {
    // Given
    List<TakenRun> runs = taken("sound");
    RunId nobody = new RunId("bells", "earlier", "1");
    new RedisDamage(REDIS.queries()).add(Keys.FIRST.of(Known.AWAITING), nobody);
    REDIS.ports().pass(Duration.ofMinutes(1));

    // When
    Reaped reaped = ledger.reap("b", 100);

    // Then
    assertThat(reaped).isEqualTo(new Reaped(1, 0));
    assertThat(steps.take("a", "again").runs())
        .extracting(TakenRun::id)
        .containsExactly(runs.get(0).id());
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void eventsAreToldAlsoWhenAllThatWereToldAreGone() {
    // Given
    steps.dueJob("bells");
    String before = REDIS.ports().events().end();
    REDIS.queries().call(Command.XTRIM, Keys.FIRST.of(Known.EVENTS), "MAXLEN", "0");
    REDIS.ports().pass(Duration.ofMinutes(-1));

    // When
    steps.dueJob("gongs");

    // Then
    assertThat(REDIS.ports().events().after(before, 10, Duration.ZERO))
        .extracting(event -> event.jobId().orElseThrow())
        .containsExactly("gongs");
  }

  private List<TakenRun> taken(String... jobs) {
    for (String job : jobs) {
      steps.readyRun(job, aJob());
    }
    return steps.take("a", "one").runs();
  }

  private List<FinishResult> finish(List<TakenRun> runs) {
    return await(
        ledger.finish(
            "a",
            runs.stream().map(run -> new Finish(run.id(), run.token(), succeeded(run))).toList()));
  }

  private static long told(String type) {
    return REDIS.ports().events().after("0-0", 1_000, Duration.ZERO).stream()
        .map(LifecycleEvent::type)
        .filter(type::equals)
        .count();
  }
}
