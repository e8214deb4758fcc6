package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.engine.LedgerSteps;
import io.carillon.redis.Keys.Known;
import io.vertx.redis.client.Command;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerFormatTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private static final String FORMAT = Keys.FIRST.of(Known.FORMAT);

  private final LedgerFormat format =
      new LedgerFormat(
          REDIS.queries(), Partition.first(RedisSettings.DEFAULT), REDIS.ports().clock());

  @Test
  void theFirstUseOfALedgerFixesItsFormat() {
    // When
    format.check();

    // Then
    assertThat(REDIS.queries().call(Command.HGET, FORMAT, "version"))
        .hasToString(Integer.toString(LedgerFormat.VERSION));
    assertThat(REDIS.queries().call(Command.HGET, FORMAT, "partitions")).hasToString("1");
  }

  @Test
  void aLedgerOfTheSameFormatIsKept() {
    // Given
    format.check();
    new LedgerSteps(REDIS.ports()).dueJob("bells");

    // When // Then
    assertThatCode(format::check).doesNotThrowAnyException();
  }

  @Test
  void aNewerFormatIsRefusedWithTheOneThatIsNeeded() {
    // Given
    REDIS.queries().call(Command.HSET, FORMAT, "version", "7");

    // When // Then
    assertThatThrownBy(format::check)
        .isInstanceOf(LedgerFormat.Incompatible.class)
        .hasMessageContaining("has format 7")
        .hasMessageContaining("start a version that reads format 7");
  }

  @Test
  void aLedgerFromBeforeFormatsWereKeptIsRefusedWithTheWayOver() {
    // Given
    REDIS.queries().call(Command.ZADD, Keys.FIRST.of(Known.JOBS), "0", "bells");

    // When // Then
    assertThatThrownBy(format::check)
        .isInstanceOf(LedgerFormat.Incompatible.class)
        .hasMessageContaining("export the jobs");
    assertThat(REDIS.queries().call(Command.EXISTS, FORMAT).toInteger()).isZero();
  }

  /**
   * Control of the version: whoever changes what is kept is asked whether earlier builds misread
   * it.
   */
  @Test
  void noKeyOrRecordChangesUnnoticed() {
    // Given
    String kept = Arrays.toString(Known.values()) + Schema.lua();

    // When
    String digest = Integer.toHexString(kept.hashCode());

    // Then
    assertThat(digest)
        .as(
            "what is kept has changed: move LedgerFormat.VERSION if a build that is out misreads it")
        .isEqualTo("e04cd54b");
  }
}
