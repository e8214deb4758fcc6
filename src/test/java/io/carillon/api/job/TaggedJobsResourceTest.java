package io.carillon.api.job;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.json.Binder;
import io.carillon.api.json.Constraints;
import io.carillon.engine.JobStore.SetState;
import io.carillon.engine.Jobs;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.Precondition;
import io.carillon.engine.RacingJobStore;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.RunId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jobs that change after the page that lists them was read. */
class TaggedJobsResourceTest {

  private final SettableClock clock = new SettableClock();
  private final InMemoryLedger ledger = new InMemoryLedger(clock);
  private final LedgerSteps steps = new LedgerSteps(ledger);
  private final Jobs others = new Jobs(ledger.jobs(), clock, new Random(1));
  private final FilterParameters filters = new FilterParameters();

  TaggedJobsResourceTest() {
    filters.tag = List.of();
  }

  @Test
  void aJobThatIsReopenedWhileOthersAreDeletedIsNotDeletedAsCompleted() {
    // Given
    filters.state = "completed";
    completedJob("bells");
    completedJob("chimes");

    // When
    DeletedCount deleted = racing(() -> put("chimes", aJob().every("PT2H"))).delete(filters, null);

    // Then
    assertThat(deleted).isEqualTo(new DeletedCount(1L));
    assertThat(ledger.jobs().find("bells")).isEmpty();
    assertThat(steps.find("chimes").state()).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void aJobThatChangesInTheVeryMomentOfItsDeletionIsJudgedAgain() {
    // Given
    filters.tag = List.of("old");
    put("bells", daily().tagged("old"));
    put("chimes", daily().tagged("old"));

    // When
    DeletedCount deleted =
        racing(
                () -> put("bells", daily().tagged("new")),
                () -> put("chimes", daily().tagged("old", "new")))
            .delete(filters, null);

    // Then
    assertThat(deleted).isEqualTo(new DeletedCount(1L));
    assertThat(steps.find("bells").definition().tags()).containsExactly("new");
    assertThat(ledger.jobs().find("chimes")).isEmpty();
  }

  @Test
  void aJobWhoseRunSucceedsMeanwhileIsNotDeletedAsFailed() {
    // Given
    filters.lastOutcome = "failed";
    put("bells", daily());
    put("chimes", daily());
    run("bells", false);
    run("chimes", false);

    // When
    DeletedCount deleted = racing(() -> run("chimes", true)).delete(filters, null);

    // Then
    assertThat(deleted).isEqualTo(new DeletedCount(1L));
    assertThat(ledger.jobs().find("chimes")).isPresent();
  }

  @Test
  void aJobThatLosesItsTagMeanwhileIsNotPaused() {
    // Given
    filters.tag = List.of("old");
    put("bells", daily().tagged("old"));
    put("chimes", daily().tagged("old"));

    // When
    ChangedCount paused = racing(() -> put("chimes", daily())).pause(filters, null, null);

    // Then
    assertThat(paused).isEqualTo(new ChangedCount(1L));
    assertThat(steps.find("bells").state()).isEqualTo(JobState.PAUSED);
    assertThat(steps.find("chimes").state()).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void aJobThatIsRenamedMeanwhileIsNotResumed() {
    // Given
    filters.namePrefix = "Old";
    put("bells", daily().named("Old bells"));
    put("chimes", daily().named("Old chimes"));
    pause("bells");
    pause("chimes");

    // When
    ChangedCount resumed =
        racing(() -> put("chimes", daily().named("Chimes"))).resume(filters, null);

    // Then
    assertThat(resumed).isEqualTo(new ChangedCount(1L));
    assertThat(steps.find("bells").state()).isEqualTo(JobState.ACTIVE);
    assertThat(steps.find("chimes").state()).isEqualTo(JobState.PAUSED);
  }

  /** Its writes, one after the other, are each preceded by one of these changes. */
  private TaggedJobsResource racing(Runnable... changes) {
    return new TaggedJobsResource(
        new Jobs(new RacingJobStore(ledger.jobs(), changes), clock, new Random(1)),
        new AllJobs(ledger.jobs()),
        new Pauses(new Binder(Constraints.NONE), clock));
  }

  private static DefinitionBuilder daily() {
    return aJob().every("P1D");
  }

  private void put(String id, DefinitionBuilder definition) {
    others.put(id, definition.build(), Precondition.NONE);
  }

  private void pause(String id) {
    others.pause(id, Optional.empty(), Optional.empty(), Precondition.NONE);
  }

  private void completedJob(String id) {
    put(id, daily());
    Job job = steps.find(id);
    ledger
        .jobs()
        .setState(
            new SetState(
                id,
                job.revision(),
                JobState.COMPLETED,
                Optional.empty(),
                steps.now(),
                Optional.empty(),
                Optional.empty()));
  }

  private void run(String id, boolean well) {
    Job job = steps.find(id);
    String drawn = id + well;
    RunId run = RunId.byHand(id, job.incarnation(), steps.now(), drawn);
    ledger.runs().accept(new ByHand(run, steps.now(), Optional.empty()));
    TakenRun taken = steps.take("a", drawn).runs().get(0);
    steps.finish("a", taken, well ? LedgerSteps.succeeded(taken) : LedgerSteps.failed(taken));
  }
}
