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

  /** A history is trimmed in strides. */
  @Test
  void theNextRunsThatEndDriveOutWhatIsTooOld() {
    // Given
    int next = 15;
    endedRun("bells");
    ports.pass(AGE.plusMinutes(1));

    // When
    for (int i = 0; i < next; i++) {
      steps().claimed(steps().find("bells"));
      TakenRun run = steps().take("a", "next-" + i).runs().get(0);
      steps().finish("a", run, succeeded(run));
    }

    // Then
    assertThat(kept()).isEqualTo(next);
    assertThat(steps().find("bells").counters().succeeded()).isEqualTo(next + 1);
  }

  private long kept() {
    return ports.queries().call(Command.LLEN, Keys.FIRST.history("bells")).toLong();
  }
}
