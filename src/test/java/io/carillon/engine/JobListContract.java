package io.carillon.engine;

import static io.carillon.engine.FilterBuilder.jobs;
import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.engine.LedgerSteps.done;
import static io.carillon.engine.LedgerSteps.failed;
import static io.carillon.engine.LedgerSteps.succeeded;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.JobStore.Page;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store of jobs keeps to when it lists them. */
public abstract class JobListContract {

  private JobStore store;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    store = ports().jobs();
    steps = new LedgerSteps(ports());
  }

  private List<String> ids(FilterBuilder filter) {
    return pages(filter.filter(), JobSort.ID, 2).stream().map(Job::id).toList();
  }

  private List<String> idsByNextRun(FilterBuilder filter) {
    return pages(filter.filter(), JobSort.NEXT_RUN_AT, 2).stream().map(Job::id).toList();
  }

  private List<Job> pages(JobFilter filter, JobSort sort, int size) {
    List<Job> all = new ArrayList<>();
    Optional<JobPlace> after = Optional.empty();
    do {
      Page page = store.list(filter, sort, size, after);
      assertThat(page.jobs().size()).isLessThanOrEqualTo(size);
      all.addAll(page.jobs());
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  private Instant in(int seconds) {
    return steps.now().plusSeconds(seconds);
  }

  private void jobAt(String id, int seconds) {
    steps.job(id, aJob().build(), Optional.of(in(seconds)));
  }

  @Test
  void jobsAreFoundByTheOutcomeOfTheirLastRun() {
    // Given
    steps.dueJob("never-ran");
    TakenRun good = steps.takenRun("good", "a");
    steps.finish("a", good, succeeded(good));
    TakenRun bad = steps.takenRun("bad", "a");
    steps.finish("a", bad, failed(bad));
    RunId dropped = steps.readyRun("dropped");
    ports().runs().cancel(dropped);

    // Then
    assertThat(ids(jobs().endedLast(LastOutcome.NONE))).containsExactly("never-ran");
    assertThat(ids(jobs().endedLast(LastOutcome.SUCCEEDED))).containsExactly("good");
    assertThat(ids(jobs().endedLast(LastOutcome.FAILED))).containsExactly("bad");
    assertThat(ids(jobs().endedLast(LastOutcome.CANCELLED))).containsExactly("dropped");
    assertThat(idsByNextRun(jobs().endedLast(LastOutcome.FAILED))).containsExactly("bad");
  }

  @Test
  void aRunOfferedAgainIsNoLongerTheLastOneThatEnded() {
    // Given
    TakenRun run = steps.takenRun("bells", "a");
    steps.finish("a", run, failed(run));

    // When
    ports().runs().redeliver(run.id());

    // Then
    assertThat(ids(jobs().endedLast(LastOutcome.FAILED))).isEmpty();
    assertThat(ids(jobs().endedLast(LastOutcome.NONE))).containsExactly("bells");
  }

  @ParameterizedTest
  @CsvSource({
    "night, a", // id
    "Chimes, b", // name
    "TOWER, c", // tag
    "GHENT.example, d", // URL
    "sqüare, e",
    "SQÜARE, e",
    "οδος, f",
    "ΟΔΟΣ, f",
    "straße, g",
    "STRASSE, g",
    "ÅNGSTRÖM, h",
    "/v1?x=, d",
    "nothing, ",
  })
  void aWordIsFoundWhereverItStandsAndWhateverItsCase(String word, String expected) {
    // Given
    steps.dueJob("a-nightly");
    steps.dueJob("b", aJob().named("The chimes"));
    steps.dueJob("c", aJob().tagged("x", "tower"));
    steps.dueJob("d", aJob().to("https://ghent.EXAMPLE/v1?x=1"));
    steps.dueJob("e", aJob().named("Red Square, Sqüare"));
    steps.dueJob("f", aJob().named("Οδός ΟΔΟΣ"));
    steps.dueJob("g", aJob().named("Lange Straße"));
    steps.dueJob("h", aJob().named("\u212bngstr\u00f6m"));

    // When
    List<String> found = ids(jobs().with(word));

    // Then
    assertThat(found.stream().map(id -> id.substring(0, 1)).toList())
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void everyWordHasToBeFoundThoughNotInOneText() {
    // Given
    steps.dueJob("both", aJob().named("Bells").tagged("ghent"));
    steps.dueJob("one", aJob().named("Bells"));

    // Then
    assertThat(ids(jobs().with("GHENT", "bell"))).containsExactly("both");
    assertThat(ids(jobs().with("bell"))).containsExactly("both", "one");
  }

  @Test
  void aWordIsNotFoundAcrossTwoTexts() {
    // Given
    steps.dueJob("ab", aJob().named("cd").tagged("ef", "gh").to("http://i/"));

    // Then
    for (String across : List.of("abcd", "efgh", "cdhttp", "ghcd", "dh")) {
      assertThat(ids(jobs().with(across))).as(across).isEmpty();
    }
  }

  @Test
  void aSearchIsNarrowedByTheOtherFilters() {
    // Given
    steps.dueJob("a", aJob().named("Bells of Ghent").tagged("x"));
    steps.dueJob("b", aJob().named("Bells of Ghent"));
    steps.dueJob("c", aJob().named("Bells of Bruges").tagged("x"));
    steps.dueJob("d", aJob().named("Gongs of Ghent").tagged("x"));
    steps.dueJob("e", aJob().named("Bells of Ghent").tagged("x"));
    store.setState(steps.pause(steps.find("e"), Optional.empty()));

    // Then
    assertThat(ids(jobs().tagged("x").in(JobState.ACTIVE).namedFrom("Bells").with("ghent")))
        .containsExactly("a");
  }

  @Test
  void whereAJobWasRenamedItIsFoundByItsNewNameOnly() {
    // Given
    Job job = steps.dueJob("bells", aJob().named("old").to("http://old/"));

    // When
    done(store.put(steps.replacement(job, aJob().named("new").to("http://new/").build())));

    // Then
    assertThat(ids(jobs().with("old"))).isEmpty();
    assertThat(ids(jobs().namedFrom("old"))).isEmpty();
    assertThat(ids(jobs().with("new"))).containsExactly("bells");
    assertThat(ids(jobs().namedFrom("ne"))).containsExactly("bells");
  }

  @Test
  void aDeletedJobIsFoundByNothing() {
    // Given
    Job job = steps.delayedJob("bells", aJob().named("Bells").tagged("x"), in(10), in(11));

    // When
    store.delete("bells", job.revision());

    // Then
    assertThat(ids(jobs().with("bells"))).isEmpty();
    assertThat(ids(jobs().tagged("x"))).isEmpty();
    assertThat(idsByNextRun(jobs())).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void jobsThatHaveAllOfSeveralTagsAreFoundAmongManyThatHaveOne() {
    // Given
    for (int i = 100; i < 200; i++) {
      steps.dueJob("a-" + i, aJob().tagged("left"));
      steps.dueJob("z-" + i, aJob().tagged("right"));
    }
    steps.dueJob("b", aJob().tagged("left", "right"));
    steps.dueJob("z-1", aJob().tagged("right", "left"));
    steps.dueJob("z-150x", aJob().tagged("left", "middle", "right"));

    // Then
    assertThat(ids(jobs().tagged("left", "right"))).containsExactly("b", "z-1", "z-150x");
    assertThat(ids(jobs().tagged("right", "middle", "left"))).containsExactly("z-150x");
    assertThat(ids(jobs().tagged("left", "absent"))).isEmpty();
  }

  @Test
  void theSoonestComeFirstAndThoseOfOneInstantByTheirIds() {
    // Given
    jobAt("c", 10);
    jobAt("b", 20);
    jobAt("a-b", 10);
    jobAt("ab", 10);
    jobAt("a", 30);

    // Then
    assertThat(idsByNextRun(jobs())).containsExactly("a-b", "ab", "c", "b", "a");
  }

  @Test
  void jobsWithJitterStandWhereTheirNominalTimeIs() {
    // Given
    steps.delayedJob("late", aJob().jitteredBy("PT1M"), in(10), in(60));
    jobAt("b", 10);
    jobAt("middle", 20);
    steps.delayedJob("a", aJob().jitteredBy("PT1M"), in(20), in(21));
    jobAt("last", 60);

    // Then
    assertThat(idsByNextRun(jobs())).containsExactly("b", "late", "a", "middle", "last");
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void aDelayedJobMovesOnWithItsClaim() {
    // Given
    Job job = steps.delayedJob("delayed", aJob().jitteredBy("PT3S"), steps.now(), steps.now());
    jobAt("b", 10);
    jobAt("c", 20);

    // When
    steps.claim(
        steps.lead(),
        claimOf(
            job,
            RunLedger.Claim.Kind.FIRE,
            new Upcoming(JobState.ACTIVE, Optional.of(new RunLedger.Next(in(10), in(30))))));

    // Then
    assertThat(idsByNextRun(jobs())).containsExactly("b", "delayed", "c");
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void jobsWithoutANextOccurrenceAreLeftOut() {
    // Given
    jobAt("active", 10);
    jobAt("paused", 10);
    jobAt("paused-until", 10);
    jobAt("resumed", 10);
    steps.delayedJob("paused-delayed", aJob().jitteredBy("PT3S"), in(10), in(11));
    steps.job("listener", aJob().onEvent("run.failed").build(), Optional.empty());
    store.setState(steps.pause(steps.find("paused"), Optional.empty()));
    store.setState(steps.pause(steps.find("paused-until"), Optional.of(in(5))));
    store.setState(steps.pause(steps.find("paused-delayed"), Optional.empty()));
    store.setState(steps.pause(steps.find("resumed"), Optional.empty()));
    store.setState(steps.resume(steps.find("resumed"), in(1)));

    // Then
    assertThat(idsByNextRun(jobs())).containsExactly("resumed", "active");
    assertThat(idsByNextRun(jobs().in(JobState.ACTIVE))).containsExactly("resumed", "active");
    assertThat(idsByNextRun(jobs().in(JobState.PAUSED))).isEmpty();
    assertThat(steps.violations()).isEmpty();
  }

  @Test
  void theSoonestAreNarrowedByEveryFilter() {
    // Given
    steps.job("a", aJob().named("Bells").tagged("x").build(), Optional.of(in(30)));
    steps.job("b", aJob().named("Bells").tagged("x", "y").build(), Optional.of(in(20)));
    steps.job("c", aJob().named("Gongs").tagged("x", "y").build(), Optional.of(in(10)));
    steps.job("d", aJob().named("Bells").build(), Optional.of(in(5)));

    // Then
    assertThat(idsByNextRun(jobs().tagged("x"))).containsExactly("c", "b", "a");
    assertThat(idsByNextRun(jobs().tagged("x", "y"))).containsExactly("c", "b");
    assertThat(idsByNextRun(jobs().namedFrom("Be"))).containsExactly("d", "b", "a");
    assertThat(idsByNextRun(jobs().tagged("x").with("bells"))).containsExactly("b", "a");
    assertThat(idsByNextRun(jobs().endedLast(LastOutcome.NONE)))
        .containsExactly("d", "c", "b", "a");
  }

  @Test
  void aPlaceHoldsWhenItsJobIsGone() {
    // Given
    for (String id : List.of("a", "b", "c", "d")) {
      jobAt(id, 10);
    }
    Page byId = store.list(JobFilter.ALL, JobSort.ID, 2, Optional.empty());
    Page byNextRun = store.list(JobFilter.ALL, JobSort.NEXT_RUN_AT, 2, Optional.empty());

    // When
    store.delete("b", steps.find("b").revision());

    // Then
    assertThat(store.list(JobFilter.ALL, JobSort.ID, 2, byId.next()).jobs())
        .extracting(Job::id)
        .containsExactly("c", "d");
    assertThat(store.list(JobFilter.ALL, JobSort.NEXT_RUN_AT, 2, byNextRun.next()).jobs())
        .extracting(Job::id)
        .containsExactly("c", "d");
  }

  @Test
  void aPageThatEndsWithTheLastJobThatIsFoundSaysSo() {
    // Given
    steps.dueJob("a", aJob().named("Bells"));
    steps.dueJob("b", aJob().named("Gongs"));
    store.setState(steps.pause(steps.find("b"), Optional.empty()));

    // Then
    assertThat(store.list(jobs().with("bells").filter(), JobSort.ID, 1, Optional.empty()).next())
        .isEmpty();
    assertThat(store.list(JobFilter.ALL, JobSort.NEXT_RUN_AT, 1, Optional.empty()).next())
        .isEmpty();
  }
}
