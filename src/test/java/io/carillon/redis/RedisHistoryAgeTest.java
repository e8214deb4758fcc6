package io.carillon.redis;

import static io.carillon.engine.LedgerSteps.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import io.carillon.engine.HistoryAgeContract;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.twin.Ports;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Redis knows by its own clock when an entry of a history was written, so the test's clock begins
 * at that time and goes ahead of it.
 */
class RedisHistoryAgeTest extends HistoryAgeContract {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private final RedisPorts ports =
      new RedisPorts(
          REDIS.vertx(),
          REDIS.uri(),
          new RedisSettings(Eventually.BOUND, 50, AGE, 100_000, 10_000));

  @BeforeEach
  void begin() {
    ports.reset();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    ports.pass(Duration.between(ports.clock().instant(), now));
  }

  @AfterEach
  void end() {
    ports.close();
  }

  @Override
  protected Ports ports() {
    return ports;
  }

  @Test
  void theNextRunThatEndsDrivesOutWhatIsTooOld() {
    // Given
    endedRun("bells");
    ports.pass(AGE.plusMinutes(1));
    steps().claimed(steps().find("bells"));
    TakenRun next = steps().take("a", "next").runs().get(0);
    assertThat(kept()).isEqualTo(1);

    // When
    steps().finish("a", next, succeeded(next));

    // Then
    assertThat(kept()).isEqualTo(1);
    assertThat(steps().find("bells").counters().succeeded()).isEqualTo(2);
  }

  private long kept() {
    return ports.queries().call(Command.XLEN, Keys.history("bells")).toLong();
  }
}
