package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import java.time.Duration;
import java.util.Optional;
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
  private static final long SEEDS_OF_A_CONTROL = 600;

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  @Test
  void theScriptsDoWhatTheModelDoes() {
    // When
    Optional<String> difference = firstDifference(FIRST, SEEDS);

    // Then
    assertThat(difference).isEmpty();
  }

  @Test
  void withoutTheCompareAndSetOfTheDueTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("due_now and tonumber(due_now) == claimed.due", "due_now ~= nil");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheFenceTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("if redis.call('GET', EPOCH) ~= epoch then return 'fenced' end", "");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheWorkersFenceTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("run and run.owner == replica .. '/' .. outcome.token", "run");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withMoreHandedOffThanThereIsRoomForTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("if run.state ~= 'ready' or left == 0 then", "if run.state ~= 'ready' then");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void whereALateClaimStillHandsOffTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith(
            "if left > 0 and redis.call('EXISTS', closed_key(owner)) == 1 then left = 0 end", "");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheLimitOfAJobTheyDoNot() {
    // When
    Optional<String> difference = differenceWith("local full = is_full(job)", "local full = false");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withMoreThanOnePlaceOfAJobInTheQueueTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("if job.at_scheduler ~= '' then return 'has-place' end", "");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheTokenOfAReportTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("if token ~= '' and token ~= known then return 'forbidden' end", "");

    // Then
    assertThat(difference).isPresent();
  }

  @Test
  void withoutTheTokenOfAnIdempotencyKeyTheyDoNot() {
    // When
    Optional<String> difference =
        differenceWith("return is[1] == token and not is[2]", "return true");

    // Then
    assertThat(difference).isPresent();
  }

  /** What a control sees: the scripts with a text of theirs changed. */
  private static Optional<String> differenceWith(String text, String instead) {
    return firstDifference(1, SEEDS_OF_A_CONTROL, new ScriptEdit(text, instead));
  }

  private static Optional<String> firstDifference(long first, long seeds, ScriptEdit... edits) {
    RedisSettings settings =
        new RedisSettings(Eventually.BOUND, HISTORY_KEPT, Duration.ofDays(3_650), 100_000, 10_000);
    try (RedisPorts ports = new RedisPorts(REDIS.vertx(), REDIS.uri(), settings, edits)) {
      LedgerComparison comparison = new LedgerComparison(ports, HISTORY_KEPT);
      return LongStream.range(first, first + seeds)
          .mapToObj(comparison::firstDifference)
          .flatMap(Optional::stream)
          .findFirst();
    }
  }
}
