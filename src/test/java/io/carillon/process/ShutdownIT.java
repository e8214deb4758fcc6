package io.carillon.process;

import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownIT {

  /** Far more than a test waits: whoever held the end up would be seen to. */
  private static final Duration HELD_UP_FOR = Eventually.BOUND.multipliedBy(2);

  private static final Duration PROMISED = Duration.ofSeconds(15);

  @TempDir Path data;

  @Test
  void sigtermEndsTheServiceSoonAlthoughSomebodyListensToEvents() throws IOException {
    // Given
    try (ServiceProcess service =
            aService()
                .with("CARILLON_DATA_DIR", data)
                .with("QUARKUS_SHUTDOWN_TIMEOUT", HELD_UP_FOR)
                .start();
        InputStream events = service.client().stream("/v1/events")) {
      Instant asked = Instant.now();

      // When
      service.terminate();
      int status = service.awaitEnd();

      // Then
      Slack.ofSystemProperties().judge("its end", Duration.between(asked, Instant.now()), PROMISED);
      assertThat(status).isIn(0, 143);
      assertThat(endOf(events)).isTrue();
      assertThat(service.children()).isNotEmpty();
      service.awaitEndOfChildren();
    }
  }

  /** Whether the stream ends in good order: cut off, it would throw. */
  private static boolean endOf(InputStream stream) throws IOException {
    return stream.readAllBytes() != null && stream.read() == -1;
  }
}
