package io.carillon.process;

import static io.carillon.Eventually.eventually;
import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.process.faults.Relay;
import io.carillon.redis.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * One address, and behind it another Redis than before: the old primary lives on as a replica, and
 * keeps the connections that it has.
 */
class MovedPrimaryIT {

  private static final Duration BACK_WITHIN = Duration.ofSeconds(5);

  /** Longer than the move takes: what is written to the old one meanwhile would be lost. */
  private static final String PAUSE_MS = "600000";

  @Test
  void itFollowsThePrimaryAlthoughTheOldOneKeepsItsConnections() {
    // Given
    try (RedisServer old = RedisServer.startAppendOnly();
        RedisServer next =
            RedisServer.startAppendOnly("--replicaof", "127.0.0.1", Integer.toString(old.port()));
        Relay address = new Relay(old.port());
        ServiceProcess service = aService().with("QUARKUS_REDIS_HOSTS", address.uri()).start();
        Firing firing = new Firing(service)) {
      String clientsBefore = old.ask("CLIENT", "LIST", "TYPE", "normal");

      // When
      old.ask("CLIENT", "PAUSE", PAUSE_MS, "WRITE");
      eventually().until(() -> old.ask("WAIT", "1", "1000").contains("1"));
      address.aimAt(next.port());
      next.ask("REPLICAOF", "NO", "ONE");
      old.ask("REPLICAOF", "127.0.0.1", Integer.toString(next.port()));
      old.ask("CLIENT", "UNPAUSE");

      // Then
      firing.awaitNews(BACK_WITHIN);
      firing.assertNothingIsLostOrRunsTwice();
      assertThat(clientsBefore).isNotEmpty();
      assertThat(next.ask("CLIENT", "LIST", "TYPE", "normal")).contains("cmd=evalsha");
      assertThat(service.log()).doesNotContain("Exception");
    }
  }
}
