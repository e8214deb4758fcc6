package io.carillon.redis;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.Eventually;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.SettableClock;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the scripts do at the memory limit of Redis, on each release: the model says that what is
 * new is refused whole, and that all else is done as ever. Random histories reach the limit, and
 * have room again, time after time.
 */
class MemoryLimitTest {

  private static final int HISTORY_KEPT = 3;
  private static final RedisSettings SETTINGS =
      new RedisSettings(Eventually.BOUND, HISTORY_KEPT, Duration.ofDays(3_650), 100_000, 10_000);
  private static final long SEEDS = Long.getLong("carillon.seeds", 60);

  /** How many histories a control may need; far more than it does. */
  private static final long SEEDS_OF_A_CONTROL = 200;

  private static final ScriptEdit WITHOUT_DRAINS =
      new ScriptEdit("redis.call('DEL', PREFIX .. 'nothing')", "");

  private static final ScriptEdit WITHOUT_GROWS =
      new ScriptEdit("redis.call('SETRANGE', PREFIX .. 'nothing', 0, '')", "");

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void atTheLimitTheScriptsDoWhatTheModelDoes(RedisRelease release) {
    // When
    Optional<String> difference = firstDifference(release, SEEDS);

    // Then
    assertThat(difference).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whereWhatDrainsDoesNotBeginWithARemovalTheyDoNot(RedisRelease release) {
    // When
    Optional<String> difference = firstDifference(release, SEEDS_OF_A_CONTROL, WITHOUT_DRAINS);

    // Then
    assertThat(difference).hasValueSatisfying(text -> assertThat(text).contains("actual:   full"));
  }

  @ParameterizedTest
  @EnumSource
  void whereWhatGrowsDoesNotAskForMemoryFirstTheyDoNot(RedisRelease release) {
    // When
    Optional<String> difference = firstDifference(release, SEEDS_OF_A_CONTROL, WITHOUT_GROWS);

    // Then
    assertThat(difference).hasValueSatisfying(text -> assertThat(text).contains("expected: full"));
  }

  @ParameterizedTest
  @EnumSource
  void ofJobsThatArePutTogetherAtTheLimitNoneIsWritten(RedisRelease release) {
    // Given
    try (RedisServer server = RedisServer.start(release);
        RedisPorts ports = new RedisPorts(vertx, server.uri(), SETTINGS)) {
      ports.reset();
      putTogether(ports, new ScriptEdits(ScriptEdits.TEST_CLOCK), 0, "old");
      ports.fillUp();
      String before = written(ports);

      // When // Then
      assertThatThrownBy(
              () -> putTogether(ports, new ScriptEdits(ScriptEdits.TEST_CLOCK), 1, "new", "old"))
          .isInstanceOfSatisfying(StoreUnavailable.class, e -> assertThat(e.full()).isTrue());
      assertThat(written(ports)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereTheyDoNotAskForMemoryFirstOneIsWrittenBehindARemoval(RedisRelease release) {
    // Given
    try (RedisServer server = RedisServer.start(release);
        RedisPorts ports = new RedisPorts(vertx, server.uri(), SETTINGS)) {
      ports.reset();
      putTogether(ports, new ScriptEdits(ScriptEdits.TEST_CLOCK, WITHOUT_GROWS), 0, "old");
      ports.fillUp();
      String before = written(ports);

      // When
      putTogether(ports, new ScriptEdits(ScriptEdits.TEST_CLOCK, WITHOUT_GROWS), 1, "new", "old");

      // Then
      assertThat(written(ports)).isNotEqualTo(before);
    }
  }

  /** Puts jobs, one of which is there already and loses its tag: a removal. */
  private static void putTogether(
      RedisPorts ports, ScriptEdits edits, long revisionOfOld, String... jobs) {
    ScriptCall call = new Partition(Keys.FIRST, SETTINGS, edits).script("put-jobs").call();
    edits.requireAllUsed();
    for (String job : jobs) {
      boolean replaces = job.equals("old") && revisionOfOld > 0;
      call.item()
          .with("job", job)
          .with("revision", replaces ? revisionOfOld : 0)
          .with("seen_next", 0)
          .with("anchor", "0")
          .with("definition", ports.definitions().write(job, aJob().build()))
          .with("searched", SearchedText.of(aJob().build()).written())
          .with("timeout", 1)
          .with("terms", "")
          .with("tags", replaces ? "" : "tag")
          .with("state", "active")
          .with("pause", "")
          .with("at", SettableClock.START)
          .with("next", 0)
          .with("next_due", 0)
          .with("key", "")
          .with("token", "");
    }
    call.await(ports.queries());
  }

  private static String written(RedisPorts ports) {
    return RedisSnapshot.after("0-0", ports).toString();
  }

  private static Optional<String> firstDifference(
      RedisRelease release, long seeds, ScriptEdit... edits) {
    try (RedisServer server = RedisServer.start(release);
        RedisPorts ports = new RedisPorts(vertx, server.uri(), SETTINGS, edits)) {
      LedgerComparison comparison = new LedgerComparison(ports, HISTORY_KEPT);
      return LongStream.rangeClosed(1, seeds)
          .mapToObj(comparison::firstDifference)
          .flatMap(Optional::stream)
          .findFirst();
    }
  }
}
