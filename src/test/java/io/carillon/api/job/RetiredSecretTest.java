package io.carillon.api.job;

import static io.carillon.job.DefinitionBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.Definition;
import io.carillon.job.Target.RetiredSecret;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetiredSecretTest {

  @Test
  void theStoreKeepsTheSecretBeforeTheChange() {
    // Given
    Optional<RetiredSecret> retired =
        Optional.of(new RetiredSecret("old", Instant.parse("2026-12-01T09:00:00.123Z")));
    Definition plain = aJob().build();
    Definition definition = plain.to(plain.target().retiring(retired));

    // When
    Definition read = new DefinitionJson().read(new DefinitionJson().write(definition));

    // Then
    assertThat(read).isEqualTo(definition);
  }
}
