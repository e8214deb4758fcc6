package io.carillon.process;

import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The packaged service as a user of Redis who may only do what the service cannot do without. */
class RestrictedRedisIT {

  @Test
  void whereItMayNotAskForClientsTheTtlDecidesWhoFollowsALeaderThatDied() {
    // Given
    try (RedisServer redis = restricted();
        ServiceProcess leader = serviceOn(redis);
        ServiceProcess other = serviceOn(redis);
        Firing firing = new Firing(other)) {
      JsonNode before = other.client().get("/v1/scheduler");
      assertThat(before.get("leader").get("replica"))
          .isEqualTo(leader.client().get("/v1/scheduler").get("self"));

      // When
      leader.kill();

      // Then
      firing.awaitNews(Duration.ofSeconds(6));
      firing.assertNothingIsLostOrRunsTwice();
      JsonNode after = other.client().get("/v1/scheduler");
      assertThat(after.get("leader").get("replica")).isEqualTo(after.get("self"));
      assertThat(after.get("warnings")).isEmpty();
      assertThat(other.log()).doesNotContain("NOPERM").doesNotContain("Exception");
      assertThat(other.log().lines()).hasSizeLessThan(20);
    }
  }

  private static RedisServer restricted() {
    RedisServer redis = RedisServer.startAppendOnly();
    redis.ask(
        "ACL",
        "SETUSER",
        "carillon",
        "on",
        ">secret",
        "~carillon:*",
        "resetchannels",
        "&carillon:*",
        "+@all",
        "-@admin",
        "-@dangerous");
    return redis;
  }

  private static ServiceProcess serviceOn(RedisServer redis) {
    return aService()
        .with("QUARKUS_REDIS_HOSTS", "redis://carillon:secret@127.0.0.1:" + redis.port())
        .start();
  }
}
