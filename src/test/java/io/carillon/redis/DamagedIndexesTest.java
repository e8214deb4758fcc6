package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.LedgerSteps;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Where one index of jobs is not what it should be, a job is changed in all of its own or in none.
 */
class DamagedIndexesTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final RedisDamage damage = new RedisDamage(REDIS.queries());

  private final LedgerSteps steps = new LedgerSteps(REDIS.ports());

  @Test
  void aJobOfWhichOneOfSeveralIndexesCannotBeWrittenLeavesNothingBehind() {
    // Given
    damage.spoil(Keys.FIRST.tag("damaged"));
    Put put =
        steps.creation(
            "spoilt", aJob().tagged("a", "damaged", "z").build(), Optional.of(steps.now()));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(List.of(put));

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(REDIS.ports().jobs().find("spoilt")).isEmpty();
    assertThat(REDIS.members(Keys.FIRST.tag("a"))).isEmpty();
    assertThat(REDIS.members(Keys.FIRST.tag("z"))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatCannotGetItsNewTagsKeepsItsOldOnes() {
    // Given
    Job job = steps.dueJob("bells", aJob().tagged("a", "b"));
    damage.spoil(Keys.FIRST.tag("damaged"));

    // When
    Written written = steps.replaced(job, aJob().tagged("c", "damaged"));

    // Then
    assertThat(written).isInstanceOf(Written.Failed.class);
    assertThat(REDIS.members(Keys.FIRST.tag("a"))).containsExactly("bells");
    assertThat(REDIS.members(Keys.FIRST.tag("c"))).isEmpty();
    assertThat(steps.find("bells")).isEqualTo(job);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatNoListCanTakeLeavesNoTagBehind() {
    // Given
    String list = Keys.FIRST.listed(JobState.ACTIVE, LastOutcome.NONE);
    damage.spoil(list);
    Put put = steps.creation("spoilt", aJob().tagged("a").build(), Optional.of(steps.now()));

    // When
    List<Written> written = REDIS.ports().jobs().putAll(List.of(put));

    // Then
    assertThat(written.get(0)).isInstanceOf(Written.Failed.class);
    assertThat(REDIS.members(Keys.FIRST.tag("a"))).isEmpty();
    damage.mend(list);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatRestsAndWhoseQueueCannotBeReadLeavesNothingBehind() {
    // Given
    damage.spoil(Keys.FIRST.waiting("spoilt"));
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
    assertThat(REDIS.members(Keys.FIRST.tag("a"))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobWhoseNewStateNoListCanTakeStaysAsItIs() {
    // Given
    Job job = steps.dueJob("bells");
    String list = Keys.FIRST.listed(JobState.PAUSED, LastOutcome.NONE);
    damage.spoil(list);

    // When
    assertThatThrownBy(() -> REDIS.ports().jobs().setState(steps.pause(job, Optional.empty())))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(steps.find("bells")).isEqualTo(job);
    damage.mend(list);
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aJobThatCannotLeaveAllItsTagsKeepsThemAndItsRuns() {
    // Given
    RunId run = steps.readyRun("bells", aJob().tagged("a", "b"));
    Job job = steps.find("bells");
    damage.spoil(Keys.FIRST.tag("b"));

    // When
    assertThatThrownBy(() -> REDIS.ports().jobs().delete("bells", job.revision()))
        .hasMessageContaining("WRONGTYPE");

    // Then
    assertThat(steps.find("bells")).isEqualTo(job);
    assertThat(REDIS.members(Keys.FIRST.tag("a"))).containsExactly("bells");
    assertThat(REDIS.ports().runs().find(run)).isPresent();
  }
}
