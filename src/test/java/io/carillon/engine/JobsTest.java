package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.heldBack;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.carillon.engine.JobStore.Due;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.engine.twin.Snapshot;
import io.carillon.job.Counters;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobsTest {

  private static final Instant START = SettableClock.START;
  private static final Optional<String> NO_REASON = Optional.empty();
  private static final Optional<Instant> FOR_GOOD = Optional.empty();

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final LedgerSteps steps = new LedgerSteps(ledger);
  private final Jobs jobs = new Jobs(ledger.jobs(), clock, new Random(1));

  // Creating

  @Test
  void aNewJobFirstRunsOneIntervalAfterItsCreation() {
    // When
    Changed changed = put(aJob().every("PT10S"));

    // Then
    Job job = ((Changed.Created) changed).job();
    assertThat(job.nextRunAt()).contains(START.plusSeconds(10));
    assertThat(due()).containsExactly(new Due("bells", START.plusSeconds(10)));
  }

  @Test
  void aStartInThePastOnlyFixesThePhase() {
    // When
    put(aJob().every("PT10S").startingAt(START.minusSeconds(3_603)));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(7));
  }

  @Test
  void aStartAtTheVeryInstantOfCreationIsAnOccurrence() {
    // When
    put(aJob().every("PT10S").startingAt(START));

    // Then
    assertThat(job().nextRunAt()).contains(START);
  }

  @Test
  void creationIsAnOccurrenceWhereItIsAskedFor() {
    // When
    put(aJob().every("PT10S").runningOnCreate());

    // Then
    assertThat(job().nextRunAt()).contains(START);
  }

  @Test
  void aJobThatNeverFiresIsNotStored() {
    // Given
    Stream<DefinitionBuilder> never =
        Stream.of(
            aJob().once(START.minusSeconds(1)),
            aJob().cron("0 0 30 2 *"),
            aJob().every("PT10S").endingAt(START.plusSeconds(10)),
            aJob().once(START.minusSeconds(1)).runningOnCreate());
    Snapshot before = ledger.snapshot();

    never.forEach(
        definition -> {
          // When
          Changed changed = put(definition);

          // Then
          assertThat(changed).isEqualTo(new Changed.NeverFires());
          assertThat(ledger.snapshot()).isEqualTo(before);
        });
    assertThat(steps.events()).isEmpty();
  }

  @Test
  void aJobCanBeCreatedPaused() {
    // Given
    Instant until = START.plusSeconds(60);
    Pause pause = new Pause(Optional.of("moved here"), START.minusSeconds(60), Optional.of(until));

    // When
    Changed changed = putPaused(aJob().every("PT10S").runningOnCreate(), pause);

    // Then
    assertThat(changed).isEqualTo(new Changed.Created(job()));
    assertThat(job().state()).isEqualTo(JobState.PAUSED);
    assertThat(job().pause()).contains(pause);
    assertThat(job().nextRunAt()).isEmpty();
    assertThat(due()).containsExactly(new Due("bells", until));
    assertThat(steps.eventTypes()).containsExactly("job.created");
  }

  @Test
  void aPauseForANewJobIsNoneOfAnActiveOne() {
    // Given
    put(aJob().every("PT10S"));
    Pause pause = new Pause(NO_REASON, START, FOR_GOOD);

    // When
    putPaused(aJob().every("PT10S").named("new"), pause);

    // Then
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
    assertThat(job().pause()).isEmpty();
  }

  @Test
  void aJobThatNeverFiresIsNotCreatedPausedEither() {
    // When
    Changed changed =
        putPaused(aJob().once(START.minusSeconds(1)), new Pause(NO_REASON, START, FOR_GOOD));

    // Then
    assertThat(changed).isEqualTo(new Changed.NeverFires());
    assertThat(ledger.jobs().find("bells")).isEmpty();
  }

  @Test
  void aListenerHasNothingDue() {
    // When
    Changed changed = put(aJob().onEvent("run.failed"));

    // Then
    assertThat(changed).isInstanceOf(Changed.Created.class);
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
    assertThat(due()).isEmpty();
  }

  // Replacing

  @Test
  void anUnchangedScheduleKeepsItsPhase() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(7));

    // When
    put(aJob().every("PT10S").named("new"));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(10));
    assertThat(job().anchor()).isEqualTo(START);
  }

  @Test
  void aChangedScheduleIsAnchoredAnew() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(7));

    // When
    put(aJob().every("PT20S"));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(27));
    assertThat(job().anchor()).isEqualTo(START.plusSeconds(7));
  }

  @Test
  void aChangedEndKeepsThePhase() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(7));

    // When
    put(aJob().every("PT10S").endingAt(START.plusSeconds(100)));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(10));
  }

  @Test
  void anOverdueOccurrenceIsNotLostByAReplacement() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(15));

    // When
    put(aJob().every("PT10S").named("new"));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(10));
  }

  @Test
  void theSameAgainChangesNothing() {
    // Given
    put(aJob().every("PT10S"));
    Snapshot before = ledger.snapshot();
    clock.advance(Duration.ofSeconds(3));

    // When
    Changed changed = put(aJob().every("PT10S"));

    // Then
    assertThat(changed).isEqualTo(new Changed.Unchanged(job()));
    assertThat(ledger.snapshot()).isEqualTo(before);
    assertThat(steps.eventTypes()).containsExactly("job.created");
  }

  @Test
  void aReplacementThatNeverFiresChangesNothing() {
    // Given
    put(aJob().every("PT10S"));
    Snapshot before = ledger.snapshot();

    // When
    Changed changed = put(aJob().cron("0 0 30 2 *"));

    // Then
    assertThat(changed).isEqualTo(new Changed.NeverFires());
    assertThat(ledger.snapshot()).isEqualTo(before);
  }

  @Test
  void aReplacementDoesNotRunOnCreateAgain() {
    // Given
    put(aJob().every("PT10S").runningOnCreate());
    steps.claimed(job());
    clock.advance(Duration.ofSeconds(3));

    // When
    put(aJob().every("PT20S").runningOnCreate());

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(23));
  }

  @Test
  void aReplacedJobStaysPaused() {
    // Given
    put(aJob().every("PT10S"));
    jobs.pause("bells", Optional.of("maintenance"), FOR_GOOD, Precondition.NONE);

    // When
    put(aJob().every("PT20S"));

    // Then
    assertThat(job().state()).isEqualTo(JobState.PAUSED);
    assertThat(job().pause()).flatMap(Pause::reason).contains("maintenance");
    assertThat(due()).isEmpty();
  }

  @Test
  void aJobThatWasCompletedGoesOnWithAnotherSchedule() {
    // Given
    put(aJob().once(START.plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    steps.claim(steps.lead(), claimOf(job(), Claim.Kind.FIRE, Upcoming.NOTHING));
    JobState before = job().state();

    // When
    put(aJob().once(START.plusSeconds(60)));

    // Then
    assertThat(before).isEqualTo(JobState.COMPLETED);
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
    assertThat(job().nextRunAt()).contains(START.plusSeconds(60));
  }

  @Test
  void aCompletedJobStaysCompletedWithTheSameSchedule() {
    // Given
    put(aJob().once(START.plusSeconds(1)));
    clock.advance(Duration.ofSeconds(1));
    steps.claim(steps.lead(), claimOf(job(), Claim.Kind.FIRE, Upcoming.NOTHING));

    // When
    Changed changed = put(aJob().once(START.plusSeconds(1)).named("new"));

    // Then
    assertThat(changed).isInstanceOf(Changed.Updated.class);
    assertThat(job().state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void fewerRunsThanItHasHadCompleteAJob() {
    // Given
    put(aJob().every("PT10S").atMost(5));
    clock.advance(Duration.ofSeconds(10));
    steps.claimed(job());

    // When
    put(aJob().every("PT10S").atMost(1));

    // Then
    assertThat(job().state()).isEqualTo(JobState.COMPLETED);
    assertThat(due()).isEmpty();
  }

  @Test
  void moreRunsReviveAJobThatHadHadThemAll() {
    // Given
    put(aJob().every("PT10S").atMost(1));
    clock.advance(Duration.ofSeconds(10));
    steps.claimed(job());
    JobState before = job().state();

    // When
    put(aJob().every("PT10S").atMost(2));

    // Then
    assertThat(before).isEqualTo(JobState.COMPLETED);
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
    assertThat(job().nextRunAt()).contains(START.plusSeconds(20));
  }

  @Test
  void aJobThatGotAnOccurrenceBackIsDueAfterAChangeOfSomethingElse() {
    // Given
    put(aJob().every("PT10S").atMost(1));
    clock.advance(Duration.ofSeconds(10));
    steps.claimed(job());
    TakenRun run = steps.take("a", "token").runs().get(0);
    steps.finish("a", run, heldBack(run));
    Job before = job();

    // When
    put(aJob().every("PT10S").atMost(1).named("new"));

    // Then
    assertThat(before.state()).isEqualTo(JobState.ACTIVE);
    assertThat(before.nextRunAt()).as("left to the leader").isEmpty();
    assertThat(job().nextRunAt()).contains(START.plusSeconds(20));
    assertThat(due()).hasSize(1);
  }

  @Test
  void aReplacementKeepsCountersAndHistory() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(10));
    steps.claimed(job());
    TakenRun run = steps.take("a", "token").runs().get(0);
    steps.finish("a", run, succeeded(run));

    // When
    put(aJob().every("PT20S"));

    // Then
    assertThat(job().counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(ledger.runs().runs("bells")).hasSize(1);
  }

  /** The leader's clock may be ahead of this one. */
  @Test
  void aReplacementDoesNotComeBackToAnOccurrenceThatWasClaimed() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(10));
    steps.claimed(job());
    clock.jumpTo(START.plusSeconds(9));

    // When
    put(aJob().cron("*/10 * * * * *"));

    // Then
    assertThat(job().nextRunAt()).contains(START.plusSeconds(20));
  }

  @Test
  void aPatchIsMadeOfWhatIsThere() {
    // Given
    put(aJob().every("PT10S").tagged("a"));

    // When
    Changed changed =
        jobs.patch(
            "bells",
            definition -> aJob().every("PT10S").tagged("b", definition.tags().get(0)).build(),
            Precondition.NONE);

    // Then
    assertThat(changed).isEqualTo(new Changed.Updated(job()));
    assertThat(job().definition().tags()).containsExactly("b", "a");
  }

  @Test
  void whatIsNotThereCannotBeChanged() {
    assertThat(jobs.patch("bells", definition -> definition, Precondition.NONE))
        .isEqualTo(new Changed.Absent());
    assertThat(jobs.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE))
        .isEqualTo(new Changed.Absent());
    assertThat(jobs.resume("bells", Precondition.NONE)).isEqualTo(new Changed.Absent());
    assertThat(jobs.delete("bells", Precondition.NONE)).isEqualTo(new Changed.Absent());
  }

  // Pausing

  @Test
  void aPausedJobHasNothingToComeButTheEndOfItsPause() {
    // Given
    put(aJob().every("PT10S"));
    Instant until = START.plusSeconds(60);

    // When
    jobs.pause("bells", Optional.of("maintenance"), Optional.of(until), Precondition.NONE);

    // Then
    assertThat(job().nextRunAt()).isEmpty();
    assertThat(job().pause())
        .contains(new Pause(Optional.of("maintenance"), START, Optional.of(until)));
    assertThat(due()).containsExactly(new Due("bells", until));
  }

  @Test
  void pausingAPausedJobChangesNothing() {
    // Given
    put(aJob().every("PT10S"));
    jobs.pause("bells", Optional.of("maintenance"), FOR_GOOD, Precondition.NONE);
    Snapshot before = ledger.snapshot();
    clock.advance(Duration.ofSeconds(3));

    // When
    Changed withoutWords = jobs.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE);
    Changed inTheSameWords =
        jobs.pause("bells", Optional.of("maintenance"), FOR_GOOD, Precondition.NONE);

    // Then
    assertThat(withoutWords).isEqualTo(new Changed.Unchanged(job()));
    assertThat(inTheSameWords).isEqualTo(new Changed.Unchanged(job()));
    assertThat(ledger.snapshot()).isEqualTo(before);
    assertThat(steps.eventTypes()).containsExactly("job.created", "job.paused");
  }

  @Test
  void anotherReasonIsTakenButThePauseBeganWhenItDid() {
    // Given
    put(aJob().every("PT10S"));
    jobs.pause("bells", Optional.of("maintenance"), FOR_GOOD, Precondition.NONE);
    clock.advance(Duration.ofSeconds(3));

    // When
    jobs.pause("bells", Optional.of("holidays"), FOR_GOOD, Precondition.NONE);

    // Then
    assertThat(job().pause()).contains(new Pause(Optional.of("holidays"), START, FOR_GOOD));
  }

  @Test
  void aPauseForAReasonAndWithoutAnEndHasNone() {
    // Given
    put(aJob().every("PT10S"));
    Optional<Instant> end = Optional.of(START.plusSeconds(60));
    jobs.pause("bells", NO_REASON, end, Precondition.NONE);

    // When
    jobs.pause("bells", Optional.of("holidays"), FOR_GOOD, Precondition.NONE);

    // Then
    assertThat(job().pause()).contains(new Pause(Optional.of("holidays"), START, FOR_GOOD));
  }

  @Test
  void aResumedJobGoesOnFromNowInItsOldPhase() {
    // Given
    put(aJob().every("PT10S"));
    jobs.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE);
    clock.advance(Duration.ofSeconds(34));

    // When
    jobs.resume("bells", Precondition.NONE);

    // Then
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
    assertThat(job().nextRunAt()).contains(START.plusSeconds(40));
  }

  @Test
  void resumingWhatIsNotPausedChangesNothing() {
    // Given
    put(aJob().every("PT10S"));
    Snapshot before = ledger.snapshot();

    // When
    Changed changed = jobs.resume("bells", Precondition.NONE);

    // Then
    assertThat(changed).isEqualTo(new Changed.Unchanged(job()));
    assertThat(ledger.snapshot()).isEqualTo(before);
  }

  @Test
  void aJobWhoseEndFellIntoItsPauseIsCompletedByItsResumption() {
    // Given
    put(aJob().every("PT10S").endingAt(START.plusSeconds(15)));
    jobs.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE);
    clock.advance(Duration.ofSeconds(20));

    // When
    jobs.resume("bells", Precondition.NONE);

    // Then
    assertThat(job().state()).isEqualTo(JobState.COMPLETED);
    assertThat(job().pause()).isEmpty();
  }

  // Preconditions and races

  @Test
  void aFailedPreconditionChangesNothing() {
    // Given
    put(aJob().every("PT10S"));
    Precondition another = new Precondition.MustBe(List.of(7L));
    Snapshot before = ledger.snapshot();

    // When
    List<Changed> changes =
        List.of(
            jobs.put("bells", aJob().every("PT20S").build(), Precondition.ABSENT),
            jobs.put("bells", aJob().every("PT20S").build(), another),
            jobs.pause("bells", NO_REASON, FOR_GOOD, another),
            jobs.delete("bells", another));

    // Then
    Optional<Long> present = Optional.of(1L);
    assertThat(changes)
        .containsOnly(
            new Changed.PreconditionFailed(Precondition.ABSENT, present),
            new Changed.PreconditionFailed(another, present));
    assertThat(ledger.snapshot()).isEqualTo(before);
  }

  @Test
  void aMetPreconditionLetsTheChangePass() {
    // Given
    put(aJob().every("PT10S"));

    // When
    Changed changed = jobs.delete("bells", new Precondition.MustBe(List.of(1L)));

    // Then
    assertThat(changed).isEqualTo(new Changed.Deleted());
    assertThat(ledger.jobs().find("bells")).isEmpty();
  }

  @Test
  void whoeverLosesARaceSettlesForWhatTheOtherLeft() {
    // Given
    put(aJob().every("PT10S"));
    Jobs racing = racing(() -> put(aJob().every("PT10S").tagged("theirs")));

    // When
    Changed changed =
        racing.patch(
            "bells",
            definition ->
                aJob()
                    .every("PT10S")
                    .tagged(definition.tags().toArray(String[]::new))
                    .named("mine")
                    .build(),
            Precondition.NONE);

    // Then
    assertThat(changed).isEqualTo(new Changed.Updated(job()));
    assertThat(job().definition().tags()).containsExactly("theirs");
    assertThat(job().definition().name()).contains("mine");
    assertThat(job().revision()).isEqualTo(3);
  }

  @Test
  void whoeverLosesARaceLosesItsPreconditionToo() {
    // Given
    put(aJob().every("PT10S"));
    Jobs racing = racing(() -> put(aJob().every("PT10S").tagged("theirs")));

    // When
    Changed changed =
        racing.pause("bells", NO_REASON, FOR_GOOD, new Precondition.MustBe(List.of(1L)));

    // Then
    assertThat(changed)
        .isEqualTo(
            new Changed.PreconditionFailed(new Precondition.MustBe(List.of(1L)), Optional.of(2L)));
    assertThat(job().state()).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void twoWhoCreateTheSameJobCreateOne() {
    // Given
    Jobs racing = racing(() -> put(aJob().every("PT20S")));

    // When
    Changed changed = racing.put("bells", aJob().every("PT10S").build(), Precondition.NONE);

    // Then
    assertThat(changed).isEqualTo(new Changed.Updated(job()));
    assertThat(steps.eventTypes()).containsExactly("job.created", "job.updated");
  }

  @Test
  void aChangeOfWhatIsDeletedMeanwhileFindsItAbsent() {
    // Given
    put(aJob().every("PT10S"));
    Jobs racing = racing(() -> jobs.delete("bells", Precondition.NONE));

    // When
    Changed changed = racing.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE);

    // Then
    assertThat(changed).isEqualTo(new Changed.Absent());
  }

  /** Set back to the occurrence that was claimed, the job could never be claimed again. */
  @Test
  void aReplacementThatRacesAClaimKeepsTheJobGoing() {
    // Given
    put(aJob().every("PT10S"));
    clock.advance(Duration.ofSeconds(10));
    Jobs racing = racing(() -> steps.claimed(job()));

    // When
    racing.put("bells", aJob().every("PT10S").named("new").build(), Precondition.NONE);

    // Then
    assertThat(job().definition().name()).contains("new");
    assertThat(job().nextRunAt()).contains(START.plusSeconds(20));
    assertThat(due()).containsExactly(new Due("bells", START.plusSeconds(20)));
  }

  @Test
  void jobsWantedTogetherAreSettledEachByItself() {
    // Given
    put(aJob().every("PT10S"));
    RuntimeException refusal = new IllegalArgumentException("nothing to keep");

    // When
    List<Changed> changed =
        jobs.putAll(
            List.of(
                wanted("gongs", aJob().every("PT20S")),
                wanted("bells", aJob().every("PT10S")),
                new JobRequest(
                    "chimes",
                    current -> {
                      throw refusal;
                    },
                    Optional.empty(),
                    Precondition.NONE),
                wanted("knells", aJob().once(START.minusSeconds(1)))));

    // Then
    assertThat(changed)
        .containsExactly(
            new Changed.Created(steps.find("gongs")),
            new Changed.Unchanged(job()),
            new Changed.Failed(refusal),
            new Changed.NeverFires());
  }

  @Test
  void theSameJobWantedTwiceTogetherIsWantedOnceAfterTheOther() {
    // When
    List<Changed> changed =
        jobs.putAll(
            List.of(
                wanted("bells", aJob().every("PT10S").named("first")),
                wanted("gongs", aJob().every("PT20S")),
                wanted("bells", aJob().every("PT10S").named("second")),
                wanted("bells", aJob().every("PT10S").named("second"))));

    // Then
    Job gongs = steps.find("gongs");
    assertThat(changed).hasSize(4);
    assertThat(changed.get(0))
        .isInstanceOfSatisfying(
            Changed.Created.class,
            created -> assertThat(created.job().definition().name()).contains("first"));
    assertThat(changed.subList(1, 4))
        .containsExactly(
            new Changed.Created(gongs), new Changed.Updated(job()), new Changed.Unchanged(job()));
    assertThat(job().revision()).isEqualTo(2);
    assertThat(job().definition().name()).contains("second");
  }

  @Test
  void whatLosesARaceIsSettledAgainByItself() {
    // Given
    List<List<String>> writes = new ArrayList<>();
    JobStore store =
        new RacingJobStore(ledger.jobs(), () -> put(aJob().every("PT20S"))) {
          @Override
          public List<Written> putAll(List<Put> puts) {
            writes.add(puts.stream().map(Put::id).toList());
            return super.putAll(puts);
          }
        };

    // When
    List<Changed> changed =
        new Jobs(store, clock, new Random(1))
            .putAll(
                List.of(
                    wanted("chimes", aJob().every("PT10S")),
                    wanted("bells", aJob().every("PT10S")),
                    wanted("gongs", aJob().every("PT10S"))));

    // Then
    assertThat(changed)
        .containsExactly(
            new Changed.Created(steps.find("chimes")),
            new Changed.Updated(job()),
            new Changed.Created(steps.find("gongs")));
    assertThat(writes).containsExactly(List.of("chimes", "bells", "gongs"), List.of("bells"));
  }

  @Test
  void anIdThatWasDrawnIsNotLookedUpAndYetReplacesNothing() {
    // Given
    put(aJob().every("PT10S"));
    Job before = job();

    // When
    Changed changed = jobs.put("bells", aJob().every("PT20S").build(), Precondition.NEW_ID);

    // Then
    assertThat(changed)
        .isEqualTo(new Changed.PreconditionFailed(Precondition.NEW_ID, Optional.of(1L)));
    assertThat(job()).isEqualTo(before);
  }

  @Test
  void aJobThatCannotBeReadKeepsNoOtherFromBeingSettled() {
    // Given
    RuntimeException unreadable = new IllegalStateException("no whole job record");
    JobStore store =
        new RacingJobStore(ledger.jobs()) {
          @Override
          public List<Timed> find(Collection<String> ids) {
            if (ids.contains("damaged")) {
              throw unreadable;
            }
            return super.find(ids);
          }
        };

    // When
    List<Changed> changed =
        new Jobs(store, clock, new Random(1))
            .putAll(
                Stream.of("bells", "damaged", "gongs", "chimes")
                    .map(id -> wanted(id, aJob().every("PT10S")))
                    .toList());

    // Then
    assertThat(changed)
        .containsExactly(
            new Changed.Created(job()),
            new Changed.Failed(unreadable),
            new Changed.Created(steps.find("gongs")),
            new Changed.Created(steps.find("chimes")));
  }

  @Test
  void aWriteThatFailsForWhateverReasonLeavesWhatWasSettledWithoutIt() {
    // Given
    put(aJob().every("PT10S"));
    RuntimeException surprise = new IllegalStateException("reply not understood");
    JobStore store =
        new RacingJobStore(
            ledger.jobs(),
            () -> {
              throw surprise;
            });

    // When
    List<Changed> changed =
        new Jobs(store, clock, new Random(1))
            .putAll(
                List.of(
                    wanted("gongs", aJob().every("PT10S")),
                    wanted("bells", aJob().every("PT10S"))));

    // Then
    assertThat(changed).containsExactly(new Changed.Failed(surprise), new Changed.Unchanged(job()));
  }

  private static JobRequest wanted(String id, DefinitionBuilder definition) {
    return new JobRequest(id, current -> definition.build(), Optional.empty(), Precondition.NONE);
  }

  @Test
  void aStoreInWhichEverybodyElseIsAlwaysFasterMisbehaves() {
    // Given
    put(aJob().every("PT10S"));
    Runnable faster = () -> put(aJob().every("PT10S").named("" + job().revision()));
    Jobs racing = racing(Stream.generate(() -> faster).limit(1_000).toArray(Runnable[]::new));

    // Then
    assertThatIllegalStateException()
        .isThrownBy(() -> racing.pause("bells", NO_REASON, FOR_GOOD, Precondition.NONE));
  }

  private Jobs racing(Runnable... faster) {
    return new Jobs(new RacingJobStore(ledger.jobs(), faster), clock, new Random(1));
  }

  private Changed put(DefinitionBuilder definition) {
    return jobs.put("bells", definition.build(), Precondition.NONE);
  }

  private Changed putPaused(DefinitionBuilder definition, Pause pause) {
    return jobs.put(
        new JobRequest(
            "bells", current -> definition.build(), Optional.of(pause), Precondition.NONE));
  }

  private Job job() {
    return steps.find("bells");
  }

  private List<Due> due() {
    return ledger.jobs().due(Instant.EPOCH, START.plus(Duration.ofDays(3_650)), 10);
  }
}
