package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which ways Redis may lose what it was told, read from how it is set up. */
class RedisWarningsTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private static final String SAFE_POLICY = "noeviction";

  @Test
  void aRedisThatKeepsAllIsNotWarnedOf() {
    // When
    List<String> warnings = warnings("100mb", SAFE_POLICY, "yes", "");

    // Then
    assertThat(warnings).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"allkeys-lru", "allkeys-lfu", "allkeys-random", "volatile-lru", "volatile-ttl"})
  void aRedisThatMayEvictIsWarnedOf(String policy) {
    // When
    List<String> warnings = warnings("100mb", policy, "yes", "");

    // Then
    assertThat(warnings)
        .containsExactly(
            "Redis may evict jobs when its memory is full: set maxmemory-policy to noeviction.");
  }

  @Test
  void whereMemoryHasNoBoundNothingIsEvicted() {
    // When
    List<String> warnings = warnings("0", "allkeys-lru", "yes", "");

    // Then
    assertThat(warnings).isEmpty();
  }

  @Test
  void aRedisAtItsMemoryLimitIsWarnedOf() {
    // When
    List<String> warnings = warnings("1", SAFE_POLICY, "yes", "");

    // Then
    assertThat(warnings)
        .containsExactly(
            "Redis is at its memory limit: nothing new is taken and occurrences wait; delete jobs, or"
                + " raise maxmemory.");
  }

  @Test
  void aRedisThatKeepsNothingIsWarnedOf() {
    // When
    List<String> warnings = warnings("0", SAFE_POLICY, "no", "");

    // Then
    assertThat(warnings)
        .containsExactly("Redis keeps nothing over a restart: set appendonly to yes.");
  }

  @Test
  void aRedisThatOnlyTakesSnapshotsIsWarnedOf() {
    // When
    List<String> warnings = warnings("0", SAFE_POLICY, "no", "3600 1");

    // Then
    assertThat(warnings)
        .containsExactly("Redis may lose minutes when it restarts: set appendonly to yes.");
  }

  private static List<String> warnings(
      String maxMemory, String policy, String appendOnly, String save) {
    set("maxmemory", maxMemory);
    set("maxmemory-policy", policy);
    set("appendonly", appendOnly);
    set("save", save);
    return REDIS.ports().scheduler().warnings();
  }

  private static void set(String setting, String value) {
    RedisConsole.ask(REDIS.uri().getPort(), "CONFIG", "SET", setting, value);
  }
}
