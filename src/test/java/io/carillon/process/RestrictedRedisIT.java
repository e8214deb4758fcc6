package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The packaged service as a user of Redis who may only do what the service cannot do without. */
class RestrictedRedisIT {

  /** So long that nobody loses it who is only slow, and a test can wait for its end. */
  private static final Duration LEASE = Duration.ofSeconds(10);

  @Test
  void whereItMayNotAskForClientsTheTtlDecidesWhoFollowsALeaderThatDied() {
    // Given
    try (RedisServer redis = restricted();
        ServiceProcess leader = leaderOn(redis);
        ServiceProcess other = serviceOn(redis);
        Firing firing = new Firing(other)) {
      assertThat(leaderOf(other)).isEqualTo(leader.client().get("/v1/scheduler").get("self"));

      // When
      leader.kill();

      // Then
      firing.awaitNews(LEASE.multipliedBy(2));
      firing.assertNothingIsLostOrRunsTwice();
      JsonNode after = other.client().get("/v1/scheduler");
      assertThat(after.get("leader").get("replica")).isEqualTo(after.get("self"));
      assertThat(after.get("warnings")).isEmpty();
      assertThat(other.log()).doesNotContain("NOPERM").doesNotContain("Exception");
      assertThat(other.log().lines()).hasSizeLessThan(20);
    }
  }

  private static ServiceProcess leaderOn(RedisServer redis) {
    ServiceProcess first = serviceOn(redis);
    eventually("the first leads").until(() -> !leaderOf(first).isMissingNode());
    return first;
  }

  private static JsonNode leaderOf(ServiceProcess asked) {
    return asked.client().get("/v1/scheduler").path("leader").path("replica");
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
        .patient()
        .with("QUARKUS_REDIS_HOSTS", "redis://carillon:secret@127.0.0.1:" + redis.port())
        .with("CARILLON_LEASE_TTL", LEASE)
        .start();
  }
}
