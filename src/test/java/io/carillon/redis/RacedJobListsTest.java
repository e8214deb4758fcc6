package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.claimOf;
import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.api.job.DefinitionJson;
import io.carillon.engine.FilterBuilder;
import io.carillon.engine.JobFilter;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.RunLedger.ByHand;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.job.Job;
import io.carillon.job.LastOutcome;
import io.carillon.job.RunId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of lists whose jobs change between the calls that the page takes. */
class RacedJobListsTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private static final ScriptEdit TWO_LOOKS =
      new ScriptEdit("tonumber(looks)", "math.min(2, tonumber(looks))");
  private static final Runnable NOTHING = () -> {};

  private LedgerSteps steps;

  @BeforeEach
  void begin() {
    steps = new LedgerSteps(REDIS.ports());
  }

  @Test
  void aJobThatIsClaimedBetweenTheCallsOfAPageIsOnItOnce() {
    // Given
    comingAfter("bells", 0);
    comingAfter("chimes", 1);
    comingAfter("gongs", 30);

    // When
    Page page = page(JobFilter.ALL, JobSort.NEXT_RUN_AT, NOTHING, () -> claim("bells"));

    // Then
    assertThat(ids(page)).containsExactly("bells", "chimes", "gongs");
  }

  @Test
  void aJobThatIsClaimedBetweenTheCallsOfASearchIsOnItsPageOnce() {
    // Given
    comingAfter("bells-1", 0);
    comingAfter("bells-2", 1);
    comingAfter("bells-3", 30);
    JobFilter filter = FilterBuilder.jobs().with("bells").filter();

    // When
    Page page = page(filter, JobSort.NEXT_RUN_AT, NOTHING, () -> claim("bells-1"));

    // Then
    assertThat(ids(page)).containsExactly("bells-2", "bells-1", "bells-3");
  }

  @Test
  void aJobThatDoesNotMatchAnyMoreWhenItIsReadIsNotOnThePageOfASearch() {
    // Given
    comingAfter("bells-1", 10);
    comingAfter("bells-2", 10);
    run("bells-1", false);
    run("bells-2", false);
    JobFilter filter = FilterBuilder.jobs().with("bells").endedLast(LastOutcome.FAILED).filter();

    // When
    Page page = page(filter, JobSort.ID, NOTHING, () -> run("bells-1", true));

    // Then
    assertThat(ids(page)).containsExactly("bells-2");
  }

  /** With something that happens before each call. */
  private static Page page(JobFilter filter, JobSort sort, Runnable... changes) {
    ScriptEdits edits = new ScriptEdits(TWO_LOOKS);
    Partition partition = new Partition(Keys.FIRST, RedisStore.SETTINGS, edits);
    try (RedisLink link = new RacingLink(REDIS.vertx(), REDIS.uri(), changes)) {
      JobReader reader = new JobReader(link, new Definitions(new DefinitionJson()), partition);
      JobLists lists = new JobLists(link, reader, partition);
      edits.requireAllUsed();
      return lists.page(filter, sort, 10, Optional.empty());
    }
  }

  private static List<String> ids(Page page) {
    return page.jobs().stream().map(Job::id).toList();
  }

  private void comingAfter(String id, int seconds) {
    steps.job(id, aJob().build(), Optional.of(steps.now().plusSeconds(seconds)));
  }

  private void claim(String id) {
    assertThat(steps.claim(steps.lead(), claimOf(steps.find(id))))
        .isInstanceOf(ClaimResult.Claimed.class);
  }

  private void run(String id, boolean well) {
    Job job = steps.find(id);
    String drawn = id + well;
    RunId run = RunId.byHand(id, job.incarnation(), steps.now(), drawn);
    REDIS.ports().runs().accept(new ByHand(run, steps.now(), Optional.empty()));
    TakenRun taken = steps.take("a", drawn).runs().get(0);
    steps.finish("a", taken, well ? LedgerSteps.succeeded(taken) : LedgerSteps.failed(taken));
  }
}
