package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.Relay;
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

  /** Of a command: far more than an answer at once takes on a busy machine. */
  private static final Duration TIMEOUT = Duration.ofMinutes(4);

  private static final Duration AT_ONCE = Duration.ofSeconds(2);
  private static final Duration OUTAGE = Duration.ofSeconds(5);

  /** What a busy loop of one thread would burn in an outage, and much less. */
  private static final Duration LITTLE = Duration.ofMillis(1500);

  /** Each link tries again so long after it failed. */
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

  @Test
  void aServiceThatIsStartedBeforeItsRedisSaysSoAndBeginsWhenRedisComes() {
    // Given
    try (RedisServer redis = RedisServer.startAppendOnly()) {
      redis.stop();
      try (ServiceProcess service = serviceOn(redis.uri())) {
        eventually("it listens without Redis")
            .ignoreExceptions()
            .until(() -> Reply.get(service, "/q/health/live").status() == 200);
        assertOutOfService(service);
        assertOutageIsToldBriefly(service);

        // When
        redis.restart();

        // Then
        Instant back = Instant.now();
        eventually()
            .untilAsserted(
                () -> assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(200));
        Slack.ofSystemProperties()
            .judge("ready", Duration.between(back, Instant.now()), BACK_WITHIN);
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
        Relay relay = new Relay(redis.port());
        ServiceProcess service = serviceOn(relay.uri());
        Firing firing = firingOn(service)) {

      // When
      long links = relay.connections();
      redis.kill();
      Instant gone = Instant.now();
      assertOutOfService(service);
      Duration cpu = service.cpuTime();
      pass(OUTAGE);
      Duration burnt = service.cpuTime().minus(cpu);
      assertOutOfService(service);
      long attempts = relay.connections() - links;
      long perLink = 1 + Duration.between(gone, Instant.now()).dividedBy(BETWEEN_ATTEMPTS);
      redis.restart();

      // Then
      firing.awaitNews(BACK_WITHIN);
      assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(200);
      firing.assertNothingIsLostOrRunsTwice();
      assertThat(attempts).isBetween(1L, links * perLink);
      Slack.ofSystemProperties().judge("processor time of the outage", burnt, LITTLE);
      assertOutageIsToldBriefly(service);
    }
  }

  @Test
  void whatARedisForgetsIsSeenToBeMissing() {
    // Given
    try (RedisServer redis = RedisServer.start();
        ServiceProcess service = serviceOn(redis.uri());
        Firing firing = firingOn(service)) {

      // When
      redis.kill();
      redis.restart();
      service.awaitReady();
      pass(Duration.ofSeconds(3));

      // Then
      assertThat(firing.isComplete(Instant.now())).isFalse();
    }
  }

  private static void pass(Duration time) {
    Instant end = Instant.now().plus(time);
    eventually("time passes").until(() -> Instant.now().isAfter(end));
  }

  private static ServiceProcess serviceOn(URI redis) {
    return aService()
        .with("QUARKUS_REDIS_HOSTS", redis)
        .with("CARILLON_REDIS_TIMEOUT", TIMEOUT)
        .begin();
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
              assertThat(reply.took()).isLessThan(TIMEOUT);
              Slack.ofSystemProperties().judge("a refusal", reply.took(), AT_ONCE);
            });
  }

  private static void assertOutageIsToldBriefly(ServiceProcess service) {
    String log = service.log();
    assertThat(log).containsOnlyOnce("redis out of reach");
    assertThat(log).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(log.lines()).hasSizeLessThan(20);
  }
}
