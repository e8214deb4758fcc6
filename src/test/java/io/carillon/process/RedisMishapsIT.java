package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.redis.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What may happen to a Redis that lives, one after the other to the same service, which is never
 * restarted: it fires on, loses no occurrence and runs none under two names.
 */
class RedisMishapsIT {

  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/");
  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  /** Longer than a command may take, so that what was sent is done although it has failed. */
  private static final Duration HANGS_FOR = Duration.ofSeconds(4);

  private static final Pattern CLIENT_ID = Pattern.compile("\\bid=(\\d+) ");

  private static RedisServer redis;
  private static ServiceProcess service;

  private Firing firing;

  @BeforeAll
  static void start() {
    redis = RedisServer.startAppendOnly();
    service = aService().with("QUARKUS_REDIS_HOSTS", redis.uri()).start();
  }

  @AfterAll
  static void stop() {
    service.close();
    redis.close();
  }

  @BeforeEach
  void begin() {
    firing = new Firing(service);
  }

  @AfterEach
  void end() {
    firing.close();
  }

  @Test
  void itFiresOnWhenRedisHasForgottenTheScripts() {
    // When
    redis.ask("SCRIPT", "FLUSH");

    // Then
    firing.awaitNews(BACK_WITHIN);
    firing.assertNothingIsLostOrRunsTwice();
  }

  @Test
  void itFiresOnWhenItsConnectionsAreCutOneByOne() {
    // Given
    List<String> clients = clients();
    assertThat(clients).hasSizeGreaterThanOrEqualTo(7);

    // When
    clients.forEach(
        client -> {
          redis.ask("CLIENT", "KILL", "ID", client);
          firing.awaitNews(BACK_WITHIN);
        });

    // Then
    assertThat(clients()).doesNotContainAnyElementsOf(clients);
    firing.assertNothingIsLostOrRunsTwice();
  }

  @Test
  void itFiresOnWhenAllItsConnectionsAreCutAtOnce() {
    // Given
    List<String> clients = clients();

    // When
    redis.ask("CLIENT", "KILL", "TYPE", "normal");
    redis.ask("CLIENT", "KILL", "TYPE", "pubsub");

    // Then
    firing.awaitNews(BACK_WITHIN);
    firing.assertNothingIsLostOrRunsTwice();
    assertThat(clients()).doesNotContainAnyElementsOf(clients);
    eventually("it listens to hints again")
        .until(() -> redis.ask("CLIENT", "LIST", "TYPE", "pubsub").contains("sub=1"));
  }

  @Test
  void whatWasSentToARedisThatHungIsNeitherLostNorDoneUnderTwoNames() {
    // When
    redis.freeze();
    Instant frozen = Instant.now();
    // Answered while it hangs: the thaw comes only then.
    Reply whileItHangs = Reply.get(service, "/v1/jobs");
    eventually("it hangs for longer than a command may take")
        .until(() -> Duration.between(frozen, Instant.now()).compareTo(HANGS_FOR) > 0);
    redis.thaw();

    // Then
    firing.awaitNews(BACK_WITHIN);
    firing.assertNothingIsLostOrRunsTwice();
    assertThat(whileItHangs.status()).isEqualTo(503);
    assertThat(whileItHangs.retryAfter()).hasValue("1");
  }

  @Test
  void aRedisWhoseMemoryIsFullRefusesWritesAndAllGoesOnWhenItHasRoomAgain() {
    // When
    redis.ask("CONFIG", "SET", "maxmemory", "1");
    assertRefusesWritesAndAnswersReads("10");
    redis.ask("CONFIG", "SET", "maxmemory", "0");

    // Then
    assertGoesOn();
  }

  @Test
  void aRedisThatMayNotBeWrittenToRefusesWritesAndAllGoesOnWhenItMay() {
    // When
    redis.ask("REPLICAOF", "127.0.0.1", "9");
    // Once the election has noticed, too.
    eventually()
        .untilAsserted(
            () -> assertThat(service.client().get("/v1/scheduler").has("leader")).isFalse());
    assertRefusesWritesAndAnswersReads("1");
    redis.ask("REPLICAOF", "NO", "ONE");

    // Then
    assertGoesOn();
  }

  private static List<String> clients() {
    return (redis.ask("CLIENT", "LIST", "TYPE", "normal")
            + redis.ask("CLIENT", "LIST", "TYPE", "pubsub"))
        .lines()
        .filter(client -> !client.contains("cmd=client"))
        .flatMap(client -> CLIENT_ID.matcher(client).results())
        .map(found -> found.group(1))
        .toList();
  }

  private static void assertRefusesWritesAndAnswersReads(String retryAfter) {
    Reply write = Reply.put(service, "unwritten", aJob().every("PT1H").to(NOWHERE));
    assertThat(write.status()).isEqualTo(503);
    assertThat(write.retryAfter()).hasValue(retryAfter);
    assertThat(write.body()).contains("/problems/store-unavailable");
    assertThat(Reply.get(service, "/v1/jobs").status()).isEqualTo(200);
    assertThat(Reply.get(service, "/v1/jobs/chime-0/runs").status()).isEqualTo(200);
    assertThat(Reply.get(service, "/v1/jobs/unwritten").status()).isEqualTo(404);
    assertThat(Reply.get(service, "/q/health/ready").status()).isEqualTo(200);
  }

  private void assertGoesOn() {
    firing.awaitNews(BACK_WITHIN);
    firing.assertNothingIsLostOrRunsTwice();
    Reply write = Reply.put(service, "written", aJob().every("PT1H").to(NOWHERE));
    assertThat(write.status()).isIn(200, 201);
    assertThat(service.log()).doesNotContain("Exception");
  }
}
