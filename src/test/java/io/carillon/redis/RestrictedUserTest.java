package io.carillon.redis;

import static io.carillon.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Lease;
import io.carillon.engine.Lease.Bid;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the service does without where a user of Redis may not ask for it. */
class RestrictedUserTest {

  private static final Duration TTL = Duration.ofMinutes(1);

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final List<RedisPorts> opened = new ArrayList<>();

  @BeforeEach
  void removeTheUser() {
    ask("ACL", "DELUSER", "restricted");
  }

  @AfterEach
  void closePorts() {
    opened.forEach(RedisPorts::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-client", "-client +client|id"})
  void aLeaderWhoseConnectionIsGoneIsLeftToTheTtlWhereClientsAreNobodysBusiness(String rules) {
    // Given
    RedisPorts leader = restrictedTo(rules);
    leader.lease().acquire("a", TTL);
    Lease other = restrictedTo(rules).lease();

    // When
    leader.close();

    // Then
    eventually().during(Duration.ofMillis(300)).until(() -> other.look().orElseThrow().connected());
    assertThat(other.acquire("b", TTL)).isInstanceOf(Bid.Held.class);
  }

  @Test
  void aLeaderWhoseConnectionIsGoneIsSeenWithoutOneByWhoMayAsk() {
    // Given
    RedisPorts leader = restrictedTo("+@all");
    leader.lease().acquire("a", TTL);
    Lease other = restrictedTo("+@all").lease();
    boolean connectedBefore = other.look().orElseThrow().connected();

    // When
    leader.close();

    // Then
    assertThat(connectedBefore).isTrue();
    eventually().until(() -> !other.look().orElseThrow().connected());
  }

  @Test
  void thereIsNothingToWarnOfWhereSettingsAreNobodysBusiness() {
    // Given
    List<String> toWhoMayAsk = restrictedTo("+@all").scheduler().warnings();

    // When
    List<String> warnings = restrictedTo("-config").scheduler().warnings();

    // Then
    assertThat(toWhoMayAsk).isNotEmpty();
    assertThat(warnings).isEmpty();
  }

  private RedisPorts restrictedTo(String rules) {
    ask(
        Stream.concat(
                Stream.of("ACL", "SETUSER", "restricted", "on", ">pw", "~*", "&*", "+@all"),
                Stream.of(rules.split(" ")))
            .toArray(String[]::new));
    URI uri = URI.create("redis://restricted:pw@127.0.0.1:" + REDIS.uri().getPort());
    RedisPorts ports = new RedisPorts(REDIS.vertx(), uri, RedisStore.SETTINGS);
    opened.add(ports);
    return ports;
  }

  private static String ask(String... words) {
    return RedisConsole.ask(REDIS.uri().getPort(), words);
  }
}
