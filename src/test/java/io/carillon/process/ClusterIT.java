package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.JobRequest.aJob;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisCluster;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The packaged service on a Redis cluster, told so by Quarkus' own settings. */
class ClusterIT {

  private static final int SO_MANY_THAT_CHANCE_DOES_NOT_HIT_ONE_NODE = 10;

  @Test
  void theTimeIsThatOfTheNodeThatKeepsTheJobs() {
    // Given
    try (RedisCluster redis = new RedisCluster();
        ServiceProcess service = serviceOn(redis)) {

      // When
      eventually("what any node may answer has been asked of another one too")
          .until(
              () ->
                  service.client().isReady()
                      && service.client().get("/v1/scheduler").has("warnings")
                      && redis.wasAskedElsewhere("config"));

      // Then
      assertThat(redis.wasAskedElsewhere("time")).isFalse();
    }
  }

  /** An idempotency key is not among the known keys that lead a script to its node. */
  @Test
  void idempotencyKeysAreKeptWhereTheJobsAre() {
    // Given
    try (RedisCluster redis = new RedisCluster();
        ServiceProcess service = serviceOn(redis)) {
      String job = aJob().every("PT9H").to(URI.create("http://127.0.0.1:9/")).json();

      for (int n = 0; n < SO_MANY_THAT_CHANCE_DOES_NOT_HIT_ONE_NODE; n++) {
        // When
        Reply made = Reply.post(service, "/v1/jobs", "key-" + n, job);
        Reply again = Reply.post(service, "/v1/jobs", "key-" + n, job);

        // Then
        assertThat(made.status()).isEqualTo(201);
        assertThat(again).matches(Reply::replayed);
      }
    }
  }

  @Test
  void whenTheNodeThatKeepsTheJobsDiesTheServiceFiresOnFromItsReplica() {
    // Given
    try (RedisCluster redis = new RedisCluster();
        ServiceProcess service = serviceOn(redis);
        Firing firing = new Firing(service)) {
      JsonNode before = service.client().get("/v1/scheduler");

      // When
      redis.owner().kill();

      // Then
      eventually().until(redis::hasFailedOver);
      firing.awaitNews(Duration.ofSeconds(10));
      firing.assertNothingIsLostOrRunsTwice();
      JsonNode after = service.client().get("/v1/scheduler");
      assertThat(after.get("jobs")).isEqualTo(before.get("jobs"));
      service.terminate();
      assertThat(service.awaitEnd()).isIn(0, 143);
      assertThat(service.log()).doesNotContain("Exception");
      assertThat(service.log().lines()).hasSizeLessThan(30);
    }
  }

  private static ServiceProcess serviceOn(RedisCluster redis) {
    return aService()
        .with("QUARKUS_REDIS_CLIENT_TYPE", "cluster")
        .with("QUARKUS_REDIS_HOSTS", redis.hosts())
        .start();
  }
}
