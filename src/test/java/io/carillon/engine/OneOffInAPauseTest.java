package io.carillon.engine;

import static io.carillon.engine.JobLife.START;
import static io.carillon.engine.JobLife.at;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.carillon.engine.Jobs.Changed;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.job.Pause;
import io.carillon.job.Run;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.carillon.schedule.From;
import io.carillon.schedule.RandomDurationSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A one-off that falls into a pause of its job, or of the scheduler, waits for the end of it. */
class OneOffInAPauseTest {

  /** The threshold of all jobs here is a minute. */
  private static final long SHORT = 30;

  private static final long LONG = 200;

  private final JobLife life = new JobLife();

  /** Whose pause it is. */
  private enum Paused {
    JOB,
    SCHEDULER,
    BOTH;

    void begin(JobLife life) {
      if (this != SCHEDULER) {
        life.pause();
      }
      if (this != JOB) {
        life.pauseScheduler(true);
      }
    }

    void end(JobLife life) {
      if (this != JOB) {
        life.pauseScheduler(false);
      }
      life.claimDue();
      if (this != SCHEDULER) {
        life.resume();
      }
      life.claimDue();
    }
  }

  private void livesThrough(Paused paused, DefinitionBuilder definition, long seconds) {
    life.put(definition);
    paused.begin(life);
    life.pass(seconds);
    paused.end(life);
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void itFiresAtTheEndOfAShortPauseWhateverThePolicy(Paused paused) {
    // When
    livesThrough(paused, aJob().once(at(5)).whenMissed(OnMisfire.SKIP), SHORT);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::trigger, Run::state)
        .containsExactly(tuple(at(5), Trigger.SCHEDULE, RunState.READY));
    assertThat(life.job().state()).isEqualTo(JobState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void itIsMadeGoodAtTheEndOfALongPause(Paused paused) {
    // When
    livesThrough(paused, aJob().once(at(5)), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::trigger, Run::state)
        .containsExactly(tuple(at(5), Trigger.CATCH_UP, RunState.READY));
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void itIsRecordedAsPausedWhereNothingIsToBeMadeGood(Paused paused) {
    // When
    livesThrough(paused, aJob().once(at(5), at(500)).whenMissed(OnMisfire.SKIP), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::state, Run::reason, Run::missed)
        .containsExactly(tuple(at(5), RunState.SKIPPED, Optional.of("paused"), 1));
    assertThat(life.toCome(5)).containsExactly(at(500));
    assertThat(life.job().accepted()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void eachOfSeveralInstantsFires(Paused paused) {
    // When
    livesThrough(paused, aJob().once(at(5), at(6), at(190), at(500)), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::trigger)
        .containsExactly(
            tuple(at(5), Trigger.CATCH_UP),
            tuple(at(6), Trigger.CATCH_UP),
            tuple(at(190), Trigger.SCHEDULE));
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void severalInstantsThatAreNotMadeGoodAreAllCounted(Paused paused) {
    // When
    livesThrough(
        paused, aJob().once(at(5), at(6), at(7), at(500)).whenMissed(OnMisfire.SKIP), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::reason, Run::missed)
        .containsExactly(tuple(Optional.of("paused"), 3));
    assertThat(life.job().counters().skipped()).isEqualTo(3);
  }

  /** It lay in the window when it was due. */
  @ParameterizedTest
  @EnumSource(Paused.class)
  void itFiresAlsoWhereTheEndOfTheJobPassedMeanwhile(Paused paused) {
    // When
    livesThrough(paused, aJob().once(at(5)).endingAt(at(10)), SHORT);

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(at(5));
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void aJobThatIsToRunAtOnceRunsWhenItMay(Paused paused) {
    // When
    livesThrough(paused, aJob().once(), LONG);

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(START);
  }

  /** What would have followed in the pause is none. */
  @ParameterizedTest
  @EnumSource(Paused.class)
  void theRunOnCreationFiresAndTheRowGoesOnFromTheResumption(Paused paused) {
    // When
    livesThrough(paused, aJob().every("PT70S").runningOnCreate(), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::trigger)
        .containsExactly(tuple(START, Trigger.CATCH_UP));
    assertThat(life.toCome(2)).containsExactly(at(210), at(280));
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void theRunOnCreationIsRecordedWhereNothingIsToBeMadeGood(Paused paused) {
    // When
    livesThrough(paused, aJob().every("PT70S").runningOnCreate().whenMissed(OnMisfire.SKIP), LONG);

    // Then
    assertThat(life.runs())
        .extracting(Run::scheduledAt, Run::reason, Run::missed)
        .containsExactly(tuple(START, Optional.of("paused"), 1));
    assertThat(life.toCome(1)).containsExactly(at(210));
  }

  @Test
  void theRunOnCreationIsFollowedByTheInstantsOfItsList() {
    // When
    livesThrough(Paused.JOB, aJob().once(at(5), at(500)).runningOnCreate(), SHORT);

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(START, at(5));
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  @ParameterizedTest
  @EnumSource(Paused.class)
  void whatIsOfARowIsNone(Paused paused) {
    // When
    livesThrough(paused, aJob().every("PT70S").whenMissed(OnMisfire.FIRE_ALL), LONG);

    // Then
    assertThat(life.runs()).isEmpty();
    assertThat(life.toCome(2)).containsExactly(at(210), at(280));
  }

  @Test
  void itFiresWhereThePauseEndsByItself() {
    // Given
    life.put(aJob().once(at(5)));
    life.jobs.pause("bells", Optional.empty(), Optional.of(at(SHORT)), Precondition.NONE);
    life.pass(SHORT);

    // When
    life.jobs.wake(life.job());
    life.claimDue();

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(at(5));
  }

  @Test
  void aJobThatIsCreatedPausedRunsOnItsCreationWhenItIsResumed() {
    // Given
    Pause pause = new Pause(Optional.empty(), START, Optional.empty());
    life.jobs.put(
        new JobRequest(
            "bells",
            present -> aJob().every("PT70S").runningOnCreate().build(),
            Optional.of(pause),
            Precondition.NONE));
    life.pass(SHORT);

    // When
    life.resume();
    life.claimDue();

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(START);
    assertThat(life.toCome(1)).containsExactly(at(70));
  }

  @Test
  void anotherReasonForThePauseKeepsIt() {
    // Given
    life.put(aJob().once(at(5)));
    life.pause();
    life.pass(SHORT);

    // When
    life.jobs.pause("bells", Optional.of("holidays"), Optional.empty(), Precondition.NONE);

    // Then
    life.resume();
    assertThat(life.toCome(5)).containsExactly(at(5));
  }

  @Test
  void aChangeOfThePausedJobKeepsIt() {
    // Given
    life.put(aJob().once(at(5)).runningOnCreate());
    life.pause();
    life.pass(SHORT);

    // When
    life.put(aJob().once(at(5)).runningOnCreate().tagged("new"));
    life.patch(aJob().once(at(5), at(500)).runningOnCreate());
    Job paused = life.job();
    life.resume();
    life.claimDue();

    // Then
    assertThat(paused.state()).isEqualTo(JobState.PAUSED);
    assertThat(paused.nextRunAt()).isEmpty();
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(START, at(5));
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  @Test
  void anotherScheduleKeepsTheRunOnCreation() {
    // Given
    life.put(aJob().every("PT70S").runningOnCreate());
    life.pause();
    life.pass(SHORT);

    // When
    life.put(aJob().every("PT50S").runningOnCreate());
    life.resume();
    life.claimDue();

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(START);
    assertThat(life.toCome(1)).containsExactly(at(SHORT + 50));
  }

  @Test
  void anotherListDropsWhatItDoesNotName() {
    // Given
    life.put(aJob().once(at(5)));
    life.pause();
    life.pass(SHORT);

    // When
    life.put(aJob().once(at(500)));
    life.resume();

    // Then
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  @Test
  void itIsGoneWithItsJob() {
    // Given
    life.put(aJob().once(at(5)));
    life.pause();
    life.jobs.delete("bells", Precondition.NONE);
    life.pass(SHORT);

    // When
    life.put(aJob().once(at(500)));

    // Then
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  /** What is claimed is not held back as well. */
  @Test
  void itIsNotFiredTwice() {
    // Given
    life.put(aJob().once(at(5), at(500)));
    life.pass(5);
    life.claimDue();
    life.pause();
    life.pass(SHORT);

    // When
    life.resume();
    life.claimDue();

    // Then
    assertThat(life.runs()).extracting(Run::scheduledAt).containsExactly(at(5));
    assertThat(life.toCome(5)).containsExactly(at(500));
  }

  @Test
  void aCompletedJobHasNothingToPause() {
    // Given
    life.put(aJob().once(at(5)));
    life.pass(5);
    life.claimDue();
    Job before = life.job();

    // When
    Changed changed = life.pause();

    // Then
    assertThat(changed).isEqualTo(new Changed.NothingToPause());
    assertThat(life.job()).isEqualTo(before);
  }

  /** The store was written by a version that forgot at a pause what was to come. */
  @Test
  void itFiresAlsoWhereThePauseDidNotKeepIt() {
    // Given
    life.put(aJob().once(at(5)));
    life.pause();
    Job paused = life.job();
    life.ledger
        .jobs()
        .put(
            new JobStore.Put(
                "bells",
                paused.revision(),
                paused.pending(),
                paused.definition(),
                JobState.PAUSED,
                paused.pause(),
                START,
                paused.anchor(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    life.pass(SHORT);

    // When
    life.resume();

    // Then
    assertThat(life.toCome(5)).containsExactly(at(5));
  }

  /** Drawn once: the pause is over before it. */
  @Test
  void aPauseThatEndsBeforeADrawnOccurrenceDoesNotDrawItAnew() {
    // Given
    life.put(
        aJob()
            .on(
                new RandomDurationSchedule(
                    Duration.ofSeconds(100), Duration.ofSeconds(200), From.SCHEDULE)));
    Optional<Instant> drawn = life.job().nextRunAt();
    life.pause();
    life.pass(SHORT);

    // When
    life.resume();

    // Then
    assertThat(life.job().nextRunAt()).isEqualTo(drawn);
  }
}
