package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisSentinels;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The packaged service on a Redis that Sentinels watch over, told so by Quarkus' own settings. */
class SentinelIT {

  @Test
  void whenThePrimaryDiesTheServiceFiresOnFromTheReplica() {
    // Given
    try (RedisSentinels redis = new RedisSentinels();
        ServiceProcess service =
            aService()
                .with("QUARKUS_REDIS_CLIENT_TYPE", "sentinel")
                .with("QUARKUS_REDIS_HOSTS", redis.hosts())
                .with("QUARKUS_REDIS_MASTER_NAME", redis.name())
                .start();
        Firing firing = new Firing(service)) {
      JsonNode before = service.client().get("/v1/scheduler");

      // When
      redis.killPrimary();

      // Then
      eventually().until(redis::hasFailedOver);
      firing.awaitNews(Duration.ofSeconds(10));
      firing.assertNothingIsLostOrRunsTwice();
      JsonNode after = service.client().get("/v1/scheduler");
      assertThat(after.get("jobs")).isEqualTo(before.get("jobs"));
      assertThat(service.log().lines()).hasSizeLessThan(30);
    }
  }
}
