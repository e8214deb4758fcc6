package io.carillon.process;

import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.redis.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packaged service while its Redis is gone. */
class RedisOutageIT {

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  @Test
  void aServiceThatIsStartedBeforeItsRedisSaysSoAndBeginsWhenRedisComes() {
    // Given
    try (RedisServer redis = RedisServer.startAppendOnly()) {
      redis.stop();
      try (ServiceProcess service = serviceOn(redis)) {
        await()
            .alias("it listens without Redis")
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> Reply.get(service, "/q/health/live").status() == 200);
        assertOutOfService(service);
        assertOutageIsToldBriefly(service);

        // When
        redis.restart();

        // Then
        await()
            .atMost(BACK_WITHIN)
            .untilAsserted(
                () -> assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(200));
        try (Firing firing = new Firing(service)) {
          firing.assertNothingIsLostOrRunsTwice();
        }
      }
    }
  }

  @Test
  void anOutageIsAnsweredAtOnceAndCostsLittleAndWhatWasDueMeanwhileRunsAfterIt() {
    // Given
    try (RedisServer redis = RedisServer.startAppendOnly("--appendfsync", "always");
        ServiceProcess service = serviceOn(redis);
        Firing firing = firingOn(service)) {

      // When
      redis.kill();
      assertOutOfService(service);
      Duration cpu = service.cpuTime();
      Instant since = Instant.now();
      await()
          .alias("an outage of five seconds")
          .atMost(Duration.ofSeconds(10))
          .until(() -> seconds(since) >= 5);
      Duration burnt = service.cpuTime().minus(cpu);
      assertOutOfService(service);
      redis.restart();

      // Then
      firing.awaitNews(BACK_WITHIN);
      assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(200);
      firing.assertNothingIsLostOrRunsTwice();
      assertThat(burnt).isLessThan(Duration.ofMillis(1500));
      assertOutageIsToldBriefly(service);
    }
  }

  @Test
  void whatARedisForgetsIsSeenToBeMissing() {
    // Given
    try (RedisServer redis = RedisServer.start();
        ServiceProcess service = serviceOn(redis);
        Firing firing = firingOn(service)) {

      // When
      redis.kill();
      redis.restart();
      service.awaitReady();
      Instant back = Instant.now();

      // Then
      await().atMost(Duration.ofSeconds(10)).until(() -> seconds(back) >= 3);
      assertThat(firing.isComplete(back)).isFalse();
    }
  }

  private static long seconds(Instant since) {
    return Duration.between(since, Instant.now()).toSeconds();
  }

  private static ServiceProcess serviceOn(RedisServer redis) {
    return aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).begin();
  }

  private static Firing firingOn(ServiceProcess service) {
    service.awaitReady();
    return new Firing(service);
  }

  private static void assertOutOfService(ServiceProcess service) {
    assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(503);
    assertThat(Reply.get(service, "/q/health/live").status()).isEqualTo(200);
    assertThat(
            List.of(
                Reply.get(service, "/v1/jobs"),
                Reply.get(service, "/v1/scheduler"),
                Reply.put(service, "any", aJob().every("PT1H").to(NOWHERE))))
        .allSatisfy(
            reply -> {
              assertThat(reply.status()).isEqualTo(503);
              assertThat(reply.retryAfter()).hasValue("1");
              assertThat(reply.body()).contains("/problems/store-unavailable");
              assertThat(reply.took()).isLessThan(Duration.ofSeconds(2));
            });
  }

  private static void assertOutageIsToldBriefly(ServiceProcess service) {
    String log = service.log();
    assertThat(log).containsOnlyOnce("redis out of reach");
    assertThat(log).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(log.lines()).hasSizeLessThan(20);
  }
}
