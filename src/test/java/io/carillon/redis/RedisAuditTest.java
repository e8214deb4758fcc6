package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Audit;
import io.carillon.engine.Audit.Violation;
import io.carillon.engine.AuditContract;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.RunLedger;
import io.carillon.engine.twin.Damage;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import io.carillon.redis.Keys.Known;
import io.carillon.redis.Schema.JobField;
import io.vertx.redis.client.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Besides what every ledger finds: indexes that are keys of their own can each be wrong alone. */
class RedisAuditTest extends AuditContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());

  @Override
  protected Ports ports() {
    return REDIS.ports();
  }

  @Override
  protected Damage damage() {
    return redis();
  }

  private static RedisDamage redis() {
    return new RedisDamage(REDIS.queries());
  }

  /** The sorted sets that a run may be in. */
  private enum Index {
    READY("ready", Known.READY),
    INFLIGHT("inflight", Known.INFLIGHT),
    AWAITING("awaiting", Known.AWAITING),
    QUEUED("queued", Known.QUEUED),
    WAIT("wait", Known.WAIT),
    WAIT_OF_JOB("wait-of-job", Known.WAIT);

    private final String word;
    private final Known known;

    Index(String word, Known known) {
      this.word = word;
      this.known = known;
    }

    private String key(RunId run) {
      return word.endsWith("-of-job")
          ? Keys.FIRST.of(known) + ':' + run.jobId()
          : Keys.FIRST.of(known);
    }

    private void add(RunId run) {
      redis().add(key(run), run);
    }

    private void remove(RunId run) {
      redis().remove(key(run), run);
    }
  }

  @Test
  void aRunningRunThatHasNoDeadlineIsFound() {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    Index.INFLIGHT.remove(run);

    // Then
    assertThat(steps.violations())
        .containsExactly(new Violation(run.toString(), "missing:inflight"));
  }

  @Test
  void aRunningRunThatItsJobDoesNotNameIsFound() {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    redis().release(run);

    // Then
    assertThat(steps.violations())
        .containsExactly(new Violation(run.toString(), "missing:holding"));
  }

  @Test
  void aRunThatAJobNamesAndThatIsNotKnownIsFound() {
    // Given
    steps.dueJob("bells", aJob());
    RunId run = new RunId("bells", "earlier", "1");

    // When
    redis().hold(run);

    // Then
    assertThat(steps.violations())
        .containsExactly(new Violation(run.toString(), "unknown:holding"));
  }

  @Test
  void aWaitingRunThatIsNotAmongAllThatWaitIsFound() {
    // Given
    RunId run = steps.readyRun("bells");
    redis().placeAtJob(run);
    List<Violation> before = steps.violations();

    // When
    Index.QUEUED.remove(run);

    // Then
    assertThat(steps.violations())
        .containsAll(before)
        .contains(new Violation(run.toString(), "missing:queued"));
  }

  @Test
  void aJobWithoutItsDefinitionIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    REDIS.queries().call(Command.HDEL, Keys.FIRST.of(Known.DEFINITIONS), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:definition"));
  }

  @Test
  void aJobThatNoListHasIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    redis().remove(Keys.FIRST.listed(JobState.ACTIVE, LastOutcome.NONE), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:listed"));
  }

  @Test
  void aJobThatTwoListsHaveIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    redis().add(Keys.FIRST.listed(JobState.PAUSED, LastOutcome.FAILED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "stray:listed"));
  }

  @Test
  void aJobThatTheListOfATagLacksIsFound() {
    // Given
    steps.dueJob("bells", aJob().tagged("x", "y"));

    // When
    redis().remove(Keys.FIRST.tag("y"), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:tag"));
  }

  @Test
  void aJobInTheListOfATagThatItDoesNotHaveIsFound() {
    // Given
    steps.dueJob("bells", aJob().tagged("x", "y"));

    // When
    redis().add(Keys.FIRST.tag("xy"), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "stray:tag"));
  }

  @Test
  void anIdOfNoJobInTheListsOfTwoTagsIsFoundInBoth() {
    // Given
    steps.dueJob("bells", aJob().tagged("x", "y"));

    // When
    redis().add(Keys.FIRST.tag("x"), "nothing");
    redis().add(Keys.FIRST.tag("z"), "nothing");

    // Then
    assertThat(steps.violations())
        .containsExactly(
            new Violation("nothing", "unknown:tag"), new Violation("nothing", "unknown:tag"));
  }

  @Test
  void aJobOfWhichNothingIsKeptToSearchIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    REDIS.queries().call(Command.HDEL, Keys.FIRST.of(Known.SEARCHED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:searched"));
  }

  @Test
  void aDisplacedJobThatIsNotAmongThoseIsFound() {
    // Given
    delayedJob("bells");

    // When
    redis().remove(Keys.FIRST.of(Known.DISPLACED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:displaced"));
  }

  @Test
  void aDisplacedJobThatIsListedUnderAnotherOccurrenceIsFound() {
    // Given
    delayedJob("bells");

    // When
    redis().add(Keys.FIRST.of(Known.DISPLACED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:displaced"));
  }

  @Test
  void aDisplacedJobWhoseRecordDoesNotSaySoIsFound() {
    // Given
    delayedJob("bells");

    // When
    redis().setJob("bells", JobField.DISPLACED, false);

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:displaced"));
  }

  @Test
  void aJobThatIsAmongTheDisplacedAndIsNotIsFound() {
    // Given
    steps.dueJob("bells");

    // When
    redis().add(Keys.FIRST.of(Known.DISPLACED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "stray:displaced"));
  }

  @Test
  void aPausedJobThatIsAmongTheDisplacedWithAnOccurrenceIsFound() {
    // Given
    Job job = steps.dueJob("bells");
    REDIS.ports().jobs().setState(steps.pause(job, Optional.of(steps.now().plusSeconds(9))));

    // When
    redis().add(Keys.FIRST.of(Known.DISPLACED), "bells");

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "missing:displaced"));
  }

  private void delayedJob(String id) {
    Instant next = steps.now().plusSeconds(10);
    steps.delayedJob(id, aJob().jitteredBy("PT3S"), next, next.plusSeconds(2));
  }

  @Test
  void aRunningRunThatNobodyOwnsIsFound() {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    redis().setOwner(run, Optional.empty());

    // Then
    assertThat(steps.violations()).containsExactly(new Violation(run.toString(), "missing:owner"));
  }

  @Test
  void aRunOfWhichNothingMoreIsKeptAlthoughItsRecordSaysSoIsFound() {
    // Given
    steps.readyRun("bells", aJob().reported());
    RunId run = steps.take("a", "one").runs().get(0).id();
    assertThat(steps.violations()).isEmpty();

    // When
    REDIS.queries().call(Command.DEL, Keys.FIRST.run(run.toString()));

    // Then
    assertThat(steps.violations()).containsExactly(new Violation(run.toString(), "more"));
  }

  @ParameterizedTest
  @EnumSource(names = {"READY", "AWAITING"})
  void aRunningRunThatIsInAnIndexOfOthersIsFound(Index index) {
    // Given
    RunId run = steps.takenRun("bells", "a").id();

    // When
    index.add(run);

    // Then
    assertThat(steps.violations())
        .containsExactly(new Violation(run.toString(), "stray:" + index.word));
  }

  @ParameterizedTest
  @EnumSource
  void aRunThatIsInAnIndexAndNotKnownIsFound(Index index) {
    // Given
    steps.dueJob("bells", aJob());
    RunId run = new RunId("bells", "earlier", "1");

    // When
    index.add(run);

    // Then
    assertThat(steps.violations()).contains(new Violation(run.toString(), "unknown:" + index.word));
  }

  @Test
  void aPlaceThatTheJobDoesNotKnowOfIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    Index.WAIT.add(run);

    // Then
    assertThat(steps.violations())
        .containsExactlyInAnyOrder(
            new Violation(run.toString(), "stray:wait"),
            new Violation(run.toString(), "missing:queued"),
            new Violation(run.toString(), "place"),
            new Violation("scheduler", "stuck"));
  }

  @Test
  void aPlaceThatOnlyTheJobKnowsOfIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    redis().setJob("bells", JobField.AT_SCHEDULER, run.toString());

    // Then
    assertThat(steps.violations()).containsExactly(new Violation("bells", "place"));
  }

  @Test
  void jobsThatAreInAnIndexAndNotKnownAreFound() {
    // When
    redis().add(Keys.FIRST.listed(JobState.ACTIVE, LastOutcome.NONE), "listed");
    redis().add(Keys.FIRST.of(Known.DUE), "due");
    redis().add(Keys.FIRST.of(Known.DISPLACED), "displaced");
    redis().setField(Keys.FIRST.of(Known.SEARCHED), "searched", "");

    // Then
    assertThat(steps.violations())
        .containsExactlyInAnyOrder(
            new Violation("listed", "unknown:listed"),
            new Violation("due", "unknown:due"),
            new Violation("displaced", "unknown:displaced"),
            new Violation("searched", "unknown:searched"));
  }

  @Test
  void aRecordThatCannotBeReadIsFound() {
    // Given
    RunId run = steps.readyRun("bells");

    // When
    redis().setField(Keys.FIRST.of(Known.RUNS), run, "something");
    redis().setField(Keys.FIRST.of(Known.RUNS), "nonsense", "");

    // Then
    assertThat(steps.violations())
        .contains(new Violation(run.toString(), "state"), new Violation("nonsense", "state"));
  }

  /** More than fits into the compact form of a hash or a sorted set, so that scans have pages. */
  @Test
  void aLookIsBoundedAndAllLooksTogetherFindAll() {
    // Given
    int faults = 2_000;
    Set<Violation> planted = new HashSet<>();
    for (int i = 0; i < faults; i++) {
      RunId run = new RunId("bells", "earlier", Integer.toString(i));
      redis().add(Keys.FIRST.of(Known.READY), run);
      planted.add(new Violation(run.toString(), "unknown:ready"));
    }
    for (int i = 0; i < 300; i++) {
      redis().add(Keys.FIRST.listed(JobState.ACTIVE, LastOutcome.NONE), "gong-" + i);
      planted.add(new Violation("gong-" + i, "unknown:listed"));
      redis().add(Keys.FIRST.tag("of-all"), "tagged-" + i);
      planted.add(new Violation("tagged-" + i, "unknown:tag"));
      redis().add(Keys.FIRST.tag("of-one-" + i), "single-" + i);
      planted.add(new Violation("single-" + i, "unknown:tag"));
    }

    // When
    List<Audit> looks = looks(100);

    // Then
    assertThat(looks).allMatch(look -> look.violations().size() <= 300);
    assertThat(looks.size()).isGreaterThan(10);
    assertThat(looks.stream().flatMap(look -> look.violations().stream()))
        .containsOnlyOnceElementsOf(planted);
  }

  private static List<Audit> looks(int max) {
    RunLedger ledger = REDIS.ports().runs();
    List<Audit> looks = new ArrayList<>();
    Optional<String> position = Optional.empty();
    do {
      looks.add(ledger.audit(position, max));
      position = looks.get(looks.size() - 1).next();
    } while (position.isPresent());
    return looks;
  }
}
