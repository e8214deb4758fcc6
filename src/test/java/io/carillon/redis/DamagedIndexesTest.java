package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.LedgerSteps;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Where one index of jobs is not what it should be, a job is changed in all of its own or in none.
 */
class DamagedIndexesTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());

  @Test
  void aJobOfWhichOneOfSeveralIndexesCannotBeWrittenLeavesNothingBehind() {
    // Given
    spoil(Keys.FIRST.tag("damaged"));
    Put put =
        steps.creation(
            "spoilt", aJob().tagged("a", "damaged", "z").build(), Optional.of(steps.now()));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(List.of(put));

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(REDIS.ports().jobs().find("spoilt")).isEmpty();
    assertThat(members(Keys.FIRST.tag("a"))).isEmpty();
    assertThat(members(Keys.FIRST.tag("z"))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatCannotGetItsNewTagsKeepsItsOldOnes() {
    // Given
    Job job = steps.dueJob("bells", aJob().tagged("a", "b"));
    spoil(Keys.FIRST.tag("damaged"));

    // When
    Written written = replaced(job, aJob().tagged("c", "damaged"));

    // Then
    assertThat(written).isInstanceOf(Written.Failed.class);
    assertThat(members(Keys.FIRST.tag("a"))).containsExactly("bells");
    assertThat(members(Keys.FIRST.tag("c"))).isEmpty();
    assertThat(steps.find("bells")).isEqualTo(job);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatNoListCanTakeLeavesNoTagBehind() {
    // Given
    String list = Keys.FIRST.listed(JobState.ACTIVE, LastOutcome.NONE);
    spoil(list);
    Put put = steps.creation("spoilt", aJob().tagged("a").build(), Optional.of(steps.now()));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(List.of(put));

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(members(Keys.FIRST.tag("a"))).isEmpty();
    mend(list);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatRestsAndWhoseQueueCannotBeReadLeavesNothingBehind() {
    // Given
    spoil(Keys.FIRST.waiting("spoilt"));
    Put put =
        steps.creation(
            "spoilt",
            aJob().restingBetweenRuns("PT20S").tagged("a").build(),
            Optional.of(steps.now()));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(List.of(put));

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(REDIS.ports().jobs().find("spoilt")).isEmpty();
    assertThat(members(Keys.FIRST.tag("a"))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobWhoseNewStateNoListCanTakeStaysAsItIs() {
    // Given
    Job job = steps.dueJob("bells");
    String list = Keys.FIRST.listed(JobState.PAUSED, LastOutcome.NONE);
    spoil(list);

    // When
    assertThatThrownBy(() -> REDIS.ports().jobs().setState(steps.pause(job, Optional.empty())))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(steps.find("bells")).isEqualTo(job);
    mend(list);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatCannotLeaveAllItsTagsKeepsThemAndItsRuns() {
    // Given
    RunId run = steps.readyRun("bells", aJob().tagged("a", "b"));
    Job job = steps.find("bells");
    spoil(Keys.FIRST.tag("b"));

    // When
    assertThatThrownBy(() -> REDIS.ports().jobs().delete("bells", job.revision()))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(steps.find("bells")).isEqualTo(job);
    assertThat(members(Keys.FIRST.tag("a"))).containsExactly("bells");
    assertThat(REDIS.ports().runs().find(run)).isPresent();
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
