package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.Eventually;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.twin.SettableClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisLinkTest {

  private static RedisServer redis;
  private static Vertx vertx;

  private final SettableClock clock = new SettableClock();
  private final AtomicInteger lost = new AtomicInteger();
  private final RedisLink link = link();

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
    redis.close();
  }

  @AfterEach
  void beWritable() {
    redis.ask("REPLICAOF", "NO", "ONE");
    link.close();
  }

  private RedisLink link() {
    RedisOptions options = new RedisOptions().setConnectionString(redis.uri().toString());
    RedisLink opened =
        new RedisLink(vertx, options, "test", Eventually.BOUND, new Outage(), clock::nanoTime);
    opened.onLost(lost::incrementAndGet);
    return opened;
  }

  @Test
  void aLinkToARedisThatMayNotBeWrittenToIsGivenUpForANewOne() {
    // Given
    String before = connection();
    redis.ask("REPLICAOF", "127.0.0.1", "9");

    // When
    assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);

    // Then
    assertThat(connection()).isNotEqualTo(before);
    assertThat(lost).hasValue(1);
  }

  @Test
  void whatWaitsOnALinkThatIsGivenUpIsAnsweredStill() {
    // Given
    redis.ask("REPLICAOF", "127.0.0.1", "9");

    // When
    Future<Response> refused =
        link.send(Request.cmd(Command.SET).arg("key").arg("value"), Duration.ofSeconds(1));
    Future<Response> waiting =
        link.send(
            Request.cmd(Command.XREAD).arg("BLOCK").arg(500).arg("STREAMS").arg("none").arg("0"),
            Duration.ofSeconds(1));

    // Then
    assertThatThrownBy(() -> RedisLink.await(refused)).hasMessageContaining("READONLY");
    assertThat(RedisLink.await(waiting)).isNull();
  }

  @Test
  void aLinkIsNotGivenUpAgainAndAgain() {
    // Given
    redis.ask("REPLICAOF", "127.0.0.1", "9");
    assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);
    String second = connection();

    // When
    assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);

    // Then
    assertThat(connection()).isEqualTo(second);
  }

  @Test
  void aLinkIsGivenUpAgainAfterASecond() {
    // Given
    redis.ask("REPLICAOF", "127.0.0.1", "9");
    assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);
    String second = connection();
    clock.advance(Duration.ofSeconds(1));

    // When
    assertThatThrownBy(this::write).isInstanceOf(StoreUnavailable.class);

    // Then
    assertThat(connection()).isNotEqualTo(second);
    assertThat(lost).hasValue(2);
  }

  /** So that whoever asked for much at once asks again for less, until it is singled out. */
  @Test
  void aKeyOfTheWrongTypeIsARefusalAndNoSilence() {
    // Given
    write();

    // When
    assertThatThrownBy(() -> link.call(Command.LLEN, "key"))
        .isInstanceOfSatisfying(
            StoreUnavailable.class, refusal -> assertThat(refusal.refused()).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "WRONGTYPE Operation against a key, true",
    "user_script:12: attempt to index a nil value, true",
    "ERR user_script:12: attempt to compare, true",
    "READONLY You can't write against a read only replica., false",
    "ERR MISCONF Redis is configured to save RDB snapshots, false",
    "OOM command not allowed when used memory > 'maxmemory'., false"
  })
  void anErrorOfOneThingIsRefusedUnlessItIsTheStateOfRedis(String error, boolean refused) {
    StoreUnavailable unavailable = RedisLink.unavailableForOne(ErrorType.create(error));

    assertThat(unavailable.refused()).isEqualTo(refused);
    assertThat(unavailable.full()).isEqualTo(error.startsWith("OOM"));
  }

  private String connection() {
    return link.call(Command.CLIENT, "ID").toString();
  }

  private void write() {
    link.call(Command.SET, "key", "value");
  }
}
