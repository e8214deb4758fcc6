package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The scripts and the sequential model, asked the same by chance, answer the same and know the same
 * after each step. {@code -Dcarillon.seeds=10000} asks more; a seed that fails is named with its
 * history, and asked alone with {@code -Dcarillon.seeds=1 -Dcarillon.seed=<it>}.
 */
class LedgerScriptsUnderRandomOperationsTest {

  private static final int HISTORY_KEPT = 3;
  private static final long FIRST = Long.getLong("carillon.seed", 1);
  private static final long SEEDS = Long.getLong("carillon.seeds", 300);

  /** How many histories a control may need; far more than it does. */
  private static final long SEEDS_OF_A_CONTROL = 200;

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Test
  void theScriptsDoWhatTheModelDoes() {
    // When
    Optional<String> difference = firstDifference(UnaryOperator.identity(), FIRST, SEEDS);

    // Then
    assertThat(difference).isEmpty();
  }

  @Test
  void withoutTheCompareAndSetOfTheDueTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere(
            "elseif not seen[name] and dues[n] and tonumber(dues[n]) == due then",
            "elseif not seen[name] then");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheFenceTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere(
            "if redis.call('GET', EPOCH) ~= ARGV[1] then return 'fenced' end", "");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheWorkersFenceTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere(
            "records[n] and owners[n] == replica .. '/' .. ARGV[i + 1]", "records[n]");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheLimitOfAJobTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere(
            "redis.call('ZCARD', active_key(job.id)) >= job.limit\n  if full", "false\n  if full");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withMoreThanOnePlaceOfAJobInTheQueueTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere(
            "if job.place and job.place ~= '' then return nil, 'has-place' end", "");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheTokenOfAReportTheyDoNot() {
    // Given
    UnaryOperator<String> edit =
        ScriptEdits.whereThere("if token ~= '' and token ~= known then return 'forbidden' end", "");

    // When
    Optional<String> difference = firstDifference(edit, 1, SEEDS_OF_A_CONTROL);

    // Then
    assertThat(difference).isPresent();
  }

  private static Optional<String> firstDifference(
      UnaryOperator<String> edit, long first, long seeds) {
    RedisSettings settings =
        new RedisSettings(
            Duration.ofSeconds(10), HISTORY_KEPT, Duration.ofDays(3_650), 100_000, 10_000);
    UnaryOperator<String> edits = text -> edit.apply(ScriptEdits.ORDERLY.apply(text));
    try (RedisPorts ports = new RedisPorts(REDIS.vertx(), REDIS.uri(), settings, edits)) {
      LedgerComparison comparison = new LedgerComparison(ports, HISTORY_KEPT);
      return LongStream.range(first, first + seeds)
          .mapToObj(comparison::firstDifference)
          .flatMap(Optional::stream)
          .findFirst();
    }
  }
}
