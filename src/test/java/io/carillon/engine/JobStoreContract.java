package io.carillon.engine;

import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Due;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.JobStore.Written;
import io.carillon.engine.RunLedger.FinishResult;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Counters;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of jobs keeps to. */
public abstract class JobStoreContract {

  private JobStore jobs;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    jobs = ports().jobs();
    steps = new LedgerSteps(ports());
  }

  @Test
  void aJobIsFoundAsItWasPut() {
    // Given
    Definition definition = aJob().named("Bells").tagged("a", "b").atMost(7).build();
    Instant next = steps.now().plusSeconds(10);

    // When
    Job created = steps.job("bells", definition, Optional.of(next));

    // Then
    assertThat(jobs.find("bells")).contains(created);
    assertThat(created.definition()).isEqualTo(definition);
    assertThat(created.revision()).isEqualTo(1);
    assertThat(created.state()).isEqualTo(JobState.ACTIVE);
    assertThat(created.nextRunAt()).contains(next);
    assertThat(created.createdAt()).isEqualTo(steps.now());
    assertThat(created.counters()).isEqualTo(Counters.NONE);
  }

  @Test
  void aJobIsCreatedOnlyOnce() {
    // Given
    Job first = steps.dueJob("bells", aJob().named("first"));

    // When
    Written second =
        jobs.put(steps.creation("bells", aJob().named("second").build(), Optional.empty()));

    // Then
    assertThat(second).isEqualTo(new Written.Conflict());
    assertThat(jobs.find("bells")).contains(first);
    assertThat(steps.eventTypes()).containsExactly("job.created");
  }

  @Test
  void jobsPutTogetherAreWrittenEachByItself() {
    // Given
    Job first = steps.dueJob("bells");
    Job second = done(jobs.put(steps.replacement(first, aJob().named("second").build())));
    Optional<Instant> next = Optional.of(steps.now());

    // When
    List<Written> written =
        jobs.putAll(
            List.of(
                steps.creation("chimes", aJob().tagged("a").build(), next),
                steps.replacement(first, aJob().named("late").build()),
                steps.replacement(second, aJob().named("third").build()),
                steps.creation("gongs", aJob().tagged("a", "b").build(), Optional.empty())));

    // Then
    assertThat(written)
        .containsExactly(
            new Written.Done(steps.find("chimes")),
            new Written.Conflict(),
            new Written.Done(steps.find("bells")),
            new Written.Done(steps.find("gongs")));
    assertThat(steps.find("bells").definition().name()).contains("third");
    assertThat(steps.eventTypes())
        .containsExactly("job.created", "job.updated", "job.created", "job.updated", "job.created");
  }

  @Test
  void ofTwoPutsOfOneJobTogetherTheLaterOneConflictsEvenIfItGuessesTheRevision() {
    // Given
    Put first = steps.creation("bells", aJob().named("first").build(), Optional.empty());
    Put second =
        new Put(
            "bells",
            1,
            Optional.empty(),
            aJob().named("second").build(),
            JobState.ACTIVE,
            Optional.empty(),
            steps.now(),
            steps.now(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    // When
    List<Written> written = jobs.putAll(List.of(first, second));

    // Then
    assertThat(written)
        .containsExactly(new Written.Done(steps.find("bells")), new Written.Conflict());
    assertThat(steps.find("bells").definition().name()).contains("first");
  }

  @Test
  void manyJobsPutTogetherAreAllWrittenAndAnsweredInTheirOrder() {
    // Given
    List<String> ids = IntStream.range(0, 501).mapToObj(n -> "bell-" + n).toList();

    // When
    List<Written> written =
        jobs.putAll(
            ids.stream()
                .map(id -> steps.creation(id, aJob().named(id).build(), Optional.empty()))
                .toList());

    // Then
    assertThat(written).extracting(one -> done(one).id()).isEqualTo(ids);
    assertThat(jobs.find(ids))
        .extracting(found -> found.job().definition().name().orElse(""))
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void jobsAreFoundTogetherAsTheyAreFoundAloneAndWithWhenTheyAreDue() {
    // Given
    Job due = steps.dueJob("bells");
    Job waiting = steps.job("gongs", aJob().build(), Optional.empty());

    // When
    List<Timed> found = jobs.find(List.of("bells", "nothing", "gongs"));

    // Then
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Timed(due, Optional.of(steps.now())), new Timed(waiting, Optional.empty()));
  }

  @Test
  void aReplacementOfAnEarlierRevisionConflictsAndChangesNothing() {
    // Given
    Job first = steps.dueJob("bells");
    Job second = done(jobs.put(steps.replacement(first, aJob().named("second").build())));

    // When
    Written late = jobs.put(steps.replacement(first, aJob().named("late").build()));

    // Then
    assertThat(late).isEqualTo(new Written.Conflict());
    assertThat(jobs.find("bells")).contains(second);
    assertThat(steps.eventTypes()).containsExactly("job.created", "job.updated");
  }

  /** It would set the job back to an occurrence that can never be claimed again. */
  @Test
  void aReplacementComputedBeforeAClaimConflicts() {
    // Given
    Job seen = steps.dueJob("bells");
    steps.claimed(seen);
    Job claimed = steps.find("bells");

    // When
    Written late = jobs.put(steps.replacement(seen, aJob().named("late").build()));

    // Then
    assertThat(late).isEqualTo(new Written.Conflict());
    assertThat(jobs.find("bells")).contains(claimed);
  }

  /** It would leave a job that rests between its runs without anything to come. */
  @Test
  void aReplacementComputedBeforeTheEndOfARunConflicts() {
    // Given
    TakenRun run = runOfARestingJob("bells");
    Job seen = steps.find("bells");
    steps.finish("a", run, succeeded(run));

    // When
    Written late = jobs.put(steps.replacement(seen, aJob().restingBetweenRuns("PT9S").build()));

    // Then
    assertThat(late).isEqualTo(new Written.Conflict());
    assertThat(steps.find("bells").nextRunAt()).isPresent();
  }

  private TakenRun runOfARestingJob(String id) {
    Job job = steps.dueJob(id, aJob().restingBetweenRuns("PT30S"));
    steps.claim(steps.lead(), claimOf(job, RunLedger.Claim.Kind.FIRE, Upcoming.WAITING));
    return steps.take("a", "token").runs().get(0);
  }

  @Test
  void replacingKeepsWhatTheJobHasBeenThrough() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    steps.finish("a", run, succeeded(run));
    Job before = steps.find("bells");
    ports().pass(Duration.ofSeconds(1));

    // When
    Job after = done(jobs.put(steps.replacement(before, aJob().named("new").build())));

    // Then
    assertThat(after.incarnation()).isEqualTo(before.incarnation());
    assertThat(after.createdAt()).isEqualTo(before.createdAt());
    assertThat(after.updatedAt()).isEqualTo(steps.now());
    assertThat(after.counters()).isEqualTo(new Counters(1, 1, 0, 0));
    assertThat(after.lastRun()).isEqualTo(before.lastRun()).isPresent();
    assertThat(after.lastOccurrence()).contains(run.scheduledAt());
    assertThat(after.revision()).isEqualTo(before.revision() + 1);
  }

  @Test
  void aJobCreatedAgainIsAnotherIncarnation() {
    // Given
    Job first = steps.dueJob("bells", aJob().named("first"));
    jobs.delete("bells", first.revision());
    ports().pass(Duration.ofMillis(1));

    // When
    Job second = steps.dueJob("bells", aJob().named("second"));

    // Then
    assertThat(second.incarnation()).isNotEqualTo(first.incarnation());
    assertThat(second.revision()).isEqualTo(1);
  }

  /** What a store keeps in memory must not outlive what it was read from. */
  @Test
  void aJobCreatedAgainInTheSameInstantHasItsNewDefinition() {
    // Given
    Job first = steps.dueJob("bells", aJob().named("first"));
    jobs.delete("bells", first.revision());

    // When
    Job second = steps.dueJob("bells", aJob().named("second"));

    // Then
    assertThat(second.definition().name()).contains("second");
    assertThat(steps.find("bells").definition().name()).contains("second");
  }

  @Test
  void aPausedJobIsDueAtTheEndOfItsPauseOnly() {
    // Given
    Job active = steps.dueJob("bells");
    Instant until = steps.now().plusSeconds(60);

    // When
    Job paused = done(jobs.setState(steps.pause(active, Optional.of(until))));

    // Then
    assertThat(paused.state()).isEqualTo(JobState.PAUSED);
    assertThat(paused.nextRunAt()).isEmpty();
    assertThat(paused.pause()).isPresent();
    assertThat(paused.revision()).isEqualTo(2);
    assertThat(jobs.due(Instant.EPOCH, until.minusMillis(1), 10)).isEmpty();
    assertThat(jobs.due(Instant.EPOCH, until, 10)).containsExactly(new Due("bells", until));
  }

  @Test
  void aPauseHoldsBackWhatWasToCome() {
    // Given
    Job job = steps.dueJob("bells");

    // When
    Job paused = done(jobs.setState(steps.pause(job, Optional.empty())));

    // Then
    assertThat(paused.nextRunAt()).isEmpty();
    assertThat(paused.pending()).isEqualTo(job.nextRunAt());
    assertThat(steps.find("bells")).isEqualTo(paused);
  }

  /** A claim does not move the revision that the pause was meant for. */
  @Test
  void aPauseHoldsBackWhatIsToComeByThen() {
    // Given
    Job seen = steps.dueJob("bells");
    steps.claimed(seen);

    // When
    Job paused = done(jobs.setState(steps.pause(seen, Optional.empty())));

    // Then
    assertThat(paused.pending()).contains(steps.now().plusSeconds(10));
  }

  @Test
  void aJobThatIsWrittenPausedKeepsWhatItHasToComeAndIsNotDue() {
    // Given
    Job job = steps.dueJob("bells");
    Job paused = done(jobs.setState(steps.pause(job, Optional.empty())));

    // When
    Job written = done(jobs.put(steps.replacement(paused, aJob().named("new").build())));

    // Then
    assertThat(written.pending()).isEqualTo(job.nextRunAt());
    assertThat(jobs.due(Instant.EPOCH, steps.now(), 10)).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void theEndOfAPauseIsRemembered() {
    // Given
    Job paused = done(jobs.setState(steps.pause(steps.dueJob("bells"), Optional.empty())));

    // When
    Job resumed = done(jobs.setState(steps.resume(paused, steps.now())));

    // Then
    assertThat(paused.resumedAt()).isEmpty();
    assertThat(resumed.resumedAt()).contains(steps.now());
    assertThat(resumed.pending()).contains(steps.now());
  }

  @Test
  void aJobPausedForGoodIsNeverDue() {
    // Given
    Job active = steps.dueJob("bells");

    // When
    jobs.setState(steps.pause(active, Optional.empty()));

    // Then
    assertThat(jobs.due(Instant.EPOCH, steps.now().plus(Duration.ofDays(10_000)), 10)).isEmpty();
  }

  @Test
  void aResumedJobIsDueAgainAndForgetsItsPause() {
    // Given
    Job paused = done(jobs.setState(steps.pause(steps.dueJob("bells"), Optional.empty())));
    Instant next = steps.now().plusSeconds(10);

    // When
    Job resumed = done(jobs.setState(steps.resume(paused, next)));

    // Then
    assertThat(resumed.state()).isEqualTo(JobState.ACTIVE);
    assertThat(resumed.pause()).isEmpty();
    assertThat(jobs.due(Instant.EPOCH, next, 10)).containsExactly(new Due("bells", next));
    assertThat(steps.eventTypes()).containsExactly("job.created", "job.paused", "job.resumed");
  }

  @Test
  void aStateChangeOfAnotherRevisionConflictsAndChangesNothing() {
    // Given
    Job first = steps.dueJob("bells");
    Job second = done(jobs.put(steps.replacement(first, aJob().named("second").build())));

    // When
    Written late = jobs.setState(steps.pause(first, Optional.empty()));

    // Then
    assertThat(late).isEqualTo(new Written.Conflict());
    assertThat(jobs.find("bells")).contains(second);
  }

  @Test
  void aStateChangeOfADeletedJobFindsItAbsent() {
    // Given
    Job job = steps.dueJob("bells");
    jobs.delete("bells", job.revision());

    // When
    Written late = jobs.setState(steps.pause(job, Optional.empty()));

    // Then
    assertThat(late).isEqualTo(new Written.Absent());
    assertThat(jobs.find("bells")).isEmpty();
  }

  @Test
  void eachWriteTellsItsEventWithItsRevision() {
    // Given
    Job job = steps.dueJob("bells", aJob().tagged("tower"));

    // When
    jobs.setState(steps.pause(job, Optional.empty()));

    // Then
    LifecycleEvent told = steps.lastEvent();
    assertThat(told.type()).isEqualTo("job.paused");
    assertThat(told.jobId()).contains("bells");
    assertThat(told.tags()).containsExactly("tower");
    assertThat(told.details()).containsEntry("revision", 2L).containsEntry("reason", "maintenance");
  }

  @Test
  void aReplacementThatLeavesNothingToRunTellsTheCompletionToo() {
    // Given
    Job job = steps.dueJob("bells");
    JobStore.Put last = steps.replacement(job, aJob().atMost(1).build());

    // When
    Written written =
        jobs.put(
            new JobStore.Put(
                last.id(),
                last.revision(),
                last.seenNext(),
                last.definition(),
                JobState.COMPLETED,
                Optional.empty(),
                last.at(),
                last.anchor(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

    // Then
    assertThat(done(written).state()).isEqualTo(JobState.COMPLETED);
    assertThat(jobs.due(Instant.EPOCH, steps.now(), 10)).isEmpty();
    assertThat(steps.eventTypes()).containsExactly("job.created", "job.updated", "job.completed");
  }

  @Test
  void deletingAJobDropsItsRunsAndTells() {
    // Given
    TakenRun running = steps.takenRun("other", "a");
    RunId waiting = steps.readyRun("bells");

    // When
    boolean deleted = jobs.delete("bells", steps.find("bells").revision());

    // Then
    assertThat(deleted).isTrue();
    assertThat(jobs.find("bells")).isEmpty();
    assertThat(ports().runs().find(waiting)).isEmpty();
    assertThat(steps.take("b", "later").runs()).isEmpty();
    assertThat(ports().runs().find(running.id())).isPresent();
    List<String> types = steps.eventTypes();
    assertThat(types.subList(types.size() - 2, types.size()))
        .containsExactly("run.cancelled", "job.deleted");
    LifecycleEvent cancelled = steps.events().get(types.size() - 2);
    assertThat(cancelled.run().orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    assertThat(cancelled.run().orElseThrow().reason()).contains("deleted");
  }

  @Test
  void whatIsBeingDeliveredWhenItsJobIsDeletedEndsUnrecorded() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    jobs.delete("bells", steps.find("bells").revision());

    // When
    FinishResult result = steps.finish("a", run, succeeded(run));

    // Then
    assertThat(result).isEqualTo(FinishResult.STALE);
    assertThat(ports().runs().runs("bells")).isEmpty();
    assertThat(jobs.find("bells")).isEmpty();
  }

  @Test
  void deletingForgetsTheHistoryToo() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    steps.finish("a", run, succeeded(run));
    jobs.delete("bells", steps.find("bells").revision());

    // When
    steps.dueJob("bells");

    // Then
    assertThat(ports().runs().runs("bells")).isEmpty();
    assertThat(steps.find("bells").lastRun()).isEmpty();
    assertThat(steps.find("bells").counters()).isEqualTo(Counters.NONE);
  }

  @Test
  void deletingAnotherRevisionChangesNothing() {
    // Given
    Job first = steps.dueJob("bells");
    Job second = done(jobs.put(steps.replacement(first, aJob().named("second").build())));

    // When
    boolean deleted = jobs.delete("bells", first.revision());

    // Then
    assertThat(deleted).isFalse();
    assertThat(jobs.find("bells")).contains(second);
  }

  @Test
  void theNearFutureComesSoonestFirstAndNoMoreThanAskedFor() {
    // Given
    Instant now = steps.now();
    steps.job("third", aJob().build(), Optional.of(now.plusSeconds(3)));
    steps.job("first", aJob().build(), Optional.of(now.plusSeconds(1)));
    steps.job("second", aJob().build(), Optional.of(now.plusSeconds(2)));

    // When
    List<Due> due = jobs.due(Instant.EPOCH, now.plusSeconds(3), 2);

    // Then
    assertThat(due)
        .containsExactly(
            new Due("first", now.plusSeconds(1)), new Due("second", now.plusSeconds(2)));
  }

  @Test
  void loadingAnswersTheJobsThatThereAreWithTheirDue() {
    // Given
    Job due = steps.dueJob("due");
    Job listener = steps.job("listener", aJob().onEvent("run.failed").build(), Optional.empty());

    // When
    List<Timed> loaded = jobs.load(List.of("listener", "nobody", "due"));

    // Then
    assertThat(loaded)
        .containsExactlyInAnyOrder(
            new Timed(due, Optional.of(steps.now())), new Timed(listener, Optional.empty()));
    assertThat(jobs.load(List.of())).isEmpty();
  }

  @Test
  void pagesFollowTheIdsWithoutGapOrRepeat() {
    // Given
    List<String> ids = List.of("a", "a-b", "b", "b0", "c", "d", "e");
    ids.forEach(steps::dueJob);
    List<String> listed = new ArrayList<>();

    // When
    Optional<JobPlace> after = Optional.empty();
    do {
      Page page = jobs.list(JobFilter.ALL, JobSort.ID, 3, after);
      page.jobs().forEach(job -> listed.add(job.id()));
      after = page.next();
    } while (after.isPresent());

    // Then
    assertThat(listed).containsExactlyElementsOf(ids);
  }

  @Test
  void aPageThatEndsWithTheLastJobSaysSo() {
    // Given
    List.of("a", "b", "c").forEach(steps::dueJob);

    // When
    Page page = jobs.list(JobFilter.ALL, JobSort.ID, 3, Optional.empty());

    // Then
    assertThat(page.jobs()).hasSize(3);
    assertThat(page.next()).isEmpty();
  }

  @Test
  void aPageThatEndsWithTheLastJobOfItsKindSaysSo() {
    // Given
    steps.dueJob("a", aJob().tagged("x", "y"));
    List.of("b", "c").forEach(id -> steps.dueJob(id, aJob().tagged("x")));

    // When
    Page page =
        jobs.list(FilterBuilder.jobs().tagged("x", "y").filter(), JobSort.ID, 1, Optional.empty());

    // Then
    assertThat(page.jobs()).extracting(Job::id).containsExactly("a");
    assertThat(page.next()).isEmpty();
  }

  @Test
  void aListIsNarrowedToAllThatIsAskedFor() {
    // Given
    steps.dueJob("both", aJob().named("Bells of Ghent").tagged("x", "y"));
    steps.dueJob("paused", aJob().named("Bells of Bruges").tagged("x", "y"));
    steps.dueJob("one-tag", aJob().named("Bells").tagged("x"));
    steps.dueJob("other-name", aJob().named("Gongs").tagged("x", "y"));
    jobs.setState(steps.pause(steps.find("paused"), Optional.empty()));

    // When
    Page page =
        jobs.list(
            FilterBuilder.jobs().tagged("x", "y").in(JobState.ACTIVE).namedFrom("Bells").filter(),
            JobSort.ID,
            10,
            Optional.empty());

    // Then
    assertThat(page.jobs()).extracting(Job::id).containsExactly("both");
  }

  @Test
  void aJobIsNoLongerListedUnderATagOrAStateThatItLost() {
    // Given
    Job tagged = steps.dueJob("bells", aJob().tagged("old"));
    Job replaced = done(jobs.put(steps.replacement(tagged, aJob().tagged("new").build())));

    // When
    jobs.setState(steps.pause(replaced, Optional.empty()));

    // Then
    assertThat(listed(FilterBuilder.jobs().tagged("old"))).isEmpty();
    assertThat(listed(FilterBuilder.jobs().tagged("new"))).containsExactly("bells");
    assertThat(listed(FilterBuilder.jobs().in(JobState.ACTIVE))).isEmpty();
    assertThat(listed(FilterBuilder.jobs().in(JobState.PAUSED))).containsExactly("bells");
  }

  private List<String> listed(FilterBuilder filter) {
    return jobs.list(filter.filter(), JobSort.ID, 10, Optional.empty()).jobs().stream()
        .map(Job::id)
        .toList();
  }
}
