package io.carillon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScriptEditsTest {

  @RegisterExtension static final RedisStore REDIS = new RedisStore();

  private static final ScriptEdit KNOWN = new ScriptEdit("MOST = 500", "MOST = 2");
  private static final ScriptEdit UNKNOWN = new ScriptEdit("MOST_WANTED = 500", "");

  @Test
  void anEditIsMadeWhereItsTextIs() {
    // Given
    ScriptEdits edits = new ScriptEdits(KNOWN);

    // When
    String with = edits.apply("local MOST = 500");
    String without = edits.apply("local LEAST = 1");

    // Then
    assertThat(with).isEqualTo("local MOST = 2");
    assertThat(without).isEqualTo("local LEAST = 1");
    edits.requireAllUsed();
  }

  @Test
  void anEditThatIsMadeNowhereIsNamed() {
    // Given
    ScriptEdits edits = new ScriptEdits(KNOWN, UNKNOWN);

    // When
    edits.apply("local MOST = 500");

    // Then
    assertThatIllegalArgumentException()
        .isThrownBy(edits::requireAllUsed)
        .withMessageContaining("MOST_WANTED")
        .withMessageNotContaining("MOST = 500");
  }

  @Test
  void portsWithAnEditThatIsMadeInNoScriptAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RedisPorts(REDIS.vertx(), REDIS.uri(), RedisStore.SETTINGS, UNKNOWN))
        .withMessageContaining("MOST_WANTED");
  }
}
