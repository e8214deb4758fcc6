package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.redis.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packaged service says of its settings, and of those of its Redis, when it starts. */
class StartChecksIT {

  @ParameterizedTest
  @CsvSource({
    "PT0.999S, longer than or equal to 1 second",
    "PT60.001S, shorter than or equal to 60 seconds"
  })
  void aLeaseThatIsTooShortOrTooLongIsRefused(String ttl, String rule) {
    // When
    try (ServiceProcess service =
        aService()
            .with("QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:9")
            .with("CARILLON_LEASE_TTL", ttl)
            .begin()) {

      // Then
      assertThat(service.awaitEnd()).isEqualTo(1);
      assertThat(service.log())
          .contains("carillon.lease-ttl must be " + rule)
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aLedgerOfANewerFormatIsRefusedAndLeftAsItIs() {
    // Given
    try (RedisServer redis = RedisServer.start()) {
      redis.ask("HSET", "carillon:{0}:format", "version", "7");

      // When
      try (ServiceProcess service = aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).begin()) {

        // Then
        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(service.log())
            .contains("The ledger in Redis has format 7")
            .contains("start a version that reads format 7")
            .doesNotContain("\tat ");
        assertThat(redis.ask("DBSIZE")).contains("1");
      }
    }
  }

  @Test
  void aLedgerOfANewerFormatThatIsFoundLaterEndsTheService() {
    // Given
    try (RedisServer redis = RedisServer.start()) {
      redis.ask("HSET", "carillon:{0}:format", "version", "7");
      redis.ask("SAVE");
      redis.stop();

      // When
      try (ServiceProcess service = aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).begin()) {
        eventually().until(() -> service.log().contains("ledger not checked yet"));
        redis.restart();

        // Then
        assertThat(service.awaitEnd()).isEqualTo(1);
        assertThat(service.log()).contains("The ledger in Redis has format 7");
      }
    }
  }

  @Test
  void aRedisThatMayForgetIsWarnedOfOnceInTheLogAndWheneverTheSchedulerIsAskedFor() {
    // Given
    try (RedisServer redis =
            RedisServer.start("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru");

        // When
        ServiceProcess service = aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).start();
        Firing firing = new Firing(service)) {

      // Then
      firing.assertNothingIsLostOrRunsTwice();
      assertThat(service.client().get("/v1/scheduler").get("warnings"))
          .extracting(warning -> warning.asText())
          .hasSize(2)
          .allSatisfy(
              warning ->
                  assertThat(service.log().lines())
                      .filteredOn(line -> line.contains("WARN") && line.endsWith(warning))
                      .hasSize(1))
          .anySatisfy(warning -> assertThat(warning).contains("maxmemory-policy to noeviction"))
          .anySatisfy(warning -> assertThat(warning).contains("appendonly to yes"));
    }
  }
}
