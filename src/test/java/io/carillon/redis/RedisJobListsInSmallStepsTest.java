package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.FilterBuilder;
import io.carillon.engine.JobFilter;
import io.carillon.engine.JobListsUnderChangesContract;
import io.carillon.engine.JobSort;
import io.carillon.engine.JobStore.Page;
import io.carillon.engine.LedgerSteps;
import io.carillon.engine.twin.Ports;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The same with scripts that look at a few jobs only before they answer, as they do where there are
 * very many: pages are short, and nothing is sorted at once.
 */
class RedisJobListsInSmallStepsTest extends JobListsUnderChangesContract {

  private static final ScriptEdit[] SMALL_STEPS = {
    new ScriptEdit("MOST_AT_ONCE = 500", "MOST_AT_ONCE = 2"),
    new ScriptEdit("MOST_SORTED = 1000", "MOST_SORTED = 5"),
    new ScriptEdit("tonumber(looks)", "math.min(5, tonumber(looks))")
  };

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private static RedisPorts ports;

  @BeforeAll
  static void open() {
    ports = new RedisPorts(REDIS.vertx(), REDIS.uri(), RedisStore.SETTINGS, SMALL_STEPS);
  }

  @AfterAll
  static void close() {
    ports.close();
  }

  @Test
  void whereNothingMatchesAPageIsEmptyAndSaysWhereToGoOn() {
    // Given
    ports.reset();
    LedgerSteps steps = new LedgerSteps(ports);
    IntStream.range(100, 200).forEach(n -> steps.dueJob("job-" + n));
    JobFilter filter = FilterBuilder.jobs().with("nowhere").filter();

    // When
    Page byId = ports.jobs().list(filter, JobSort.ID, 50, Optional.empty());
    Page byNextRun = ports.jobs().list(filter, JobSort.NEXT_RUN_AT, 50, Optional.empty());

    // Then
    assertThat(byId.jobs()).isEmpty();
    assertThat(byId.next()).isPresent();
    assertThat(byNextRun.jobs()).isEmpty();
    assertThat(byNextRun.next()).isPresent();
  }

  @Override
  protected Ports ports() {
    return ports;
  }

  @Override
  protected void empty() {
    ports.reset();
  }
}
