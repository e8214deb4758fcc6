package io.carillon.process;

import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownIT {

  @TempDir Path data;

  @Test
  void sigtermEndsTheServiceSoonAlthoughSomebodyListensToEvents() throws IOException {
    // Given
    try (ServiceProcess service = aService().with("CARILLON_DATA_DIR", data).start();
        InputStream events = service.client().stream("/v1/events")) {
      Instant asked = Instant.now();

      // When
      service.terminate();
      int status = service.awaitEnd();

      // Then
      assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
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
