package io.carillon.process.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.carillon.job.RunId;
import io.carillon.process.ServiceClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Follows the events of runs that succeeded: at one replica until that stream ends or breaks, then
 * at another from the same position.
 */
final class EventFollower implements AutoCloseable {

  private static final String PATH = "/v1/events?types=run.succeeded";
  private static final Duration BEFORE_THE_NEXT = Duration.ofMillis(50);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<ServiceClient> whom;
  private final List<Ending> endings = new ArrayList<>();
  private volatile InputStream stream = InputStream.nullInputStream();
  private volatile boolean closed;
  private Optional<String> position = Optional.empty();

  /** Gaps that there may be, since Redis forgot what it had told. */
  private final AtomicInteger gapsToCome = new AtomicInteger();

  /**
   * @param whom somebody to ask, as often as needed
   */
  EventFollower(Supplier<ServiceClient> whom) {
    this.whom = whom;
    Thread following = new Thread(this::follow, "event-follower");
    following.setDaemon(true);
    following.start();
  }

  /** Redis is about to forget its latest events: the stream may say once that some are missing. */
  void expectGap() {
    gapsToCome.incrementAndGet();
  }

  /** What was told so far. */
  List<Ending> endings() {
    synchronized (endings) {
      return List.copyOf(endings);
    }
  }

  private void follow() {
    while (!closed) {
      try (InputStream opened = whom.get().stream(path())) {
        stream = opened;
        read(opened);
      } catch (IOException | UncheckedIOException broken) {
        // That replica is gone; the next one knows what comes after the position.
      }
      LockSupport.parkNanos(BEFORE_THE_NEXT.toNanos());
    }
  }

  private String path() {
    return PATH + position.map(last -> "&after=" + last).orElse("");
  }

  private void read(InputStream opened) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(opened, StandardCharsets.UTF_8));
    String id = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        remember(JSON.readTree(line.substring("data: ".length())));
        position = Optional.of(id);
      }
    }
  }

  private void remember(JsonNode event) {
    String type = event.path("type").asText();
    if (type.endsWith(".gap") && gapsToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return;
    }
    if (!type.endsWith("run.succeeded")) {
      throw new IllegalStateException("the stream has a gap: " + event);
    }
    Ending ending =
        new Ending(
            RunId.parse(event.get("subject").asText()).orElseThrow(),
            Instant.parse(event.get("time").asText()));
    synchronized (endings) {
      endings.add(ending);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      stream.close();
    } catch (IOException alreadyBroken) {
      // Nothing is read any more.
    }
  }
}
