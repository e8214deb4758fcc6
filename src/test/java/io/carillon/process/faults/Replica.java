package io.carillon.process.faults;

import static io.carillon.process.ServiceProcess.aService;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.Eventually;
import io.carillon.process.ServiceClient;
import io.carillon.process.ServiceProcess;
import io.carillon.process.Slack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** One replica of the service: a process after another, behind one relay. */
final class Replica implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  /** Far more than a test waits: whoever held an end up would be seen to. */
  private static final Duration HELD_UP_FOR = Eventually.BOUND.multipliedBy(2);

  private final ServiceProcess.Launch launch;
  private final Relay relay;
  private volatile ServiceProcess process;
  private volatile boolean running;

  /** Begins to start one. */
  Replica(Path jar, int redisPort) {
    relay = new Relay(redisPort);
    launch =
        aService()
            .from(jar)
            .withJvmOption("-Xmx160m")
            // Started again and again beside others: what counts is how soon it is there.
            .withJvmOption("-XX:TieredStopAtLevel=1")
            .withJvmOption("-XX:+UseSerialGC")
            .with("QUARKUS_REDIS_HOSTS", relay.uri())
            .with("CARILLON_LEASE_TTL", Cluster.LEASE_TTL)
            // So few that a minute fills them; so many that a follower who was cut off loses none.
            .with("CARILLON_EVENTS_COUNT", 20_000)
            .with("CARILLON_TARGETS_ALLOW_PRIVATE", true)
            .with("QUARKUS_SHUTDOWN_TIMEOUT", HELD_UP_FOR);
    begin();
  }

  void begin() {
    process = launch.begin();
    running = true;
  }

  ServiceProcess process() {
    return process;
  }

  ServiceClient client() {
    return process.client();
  }

  Relay relay() {
    return relay;
  }

  /** Whether it answers, as far as the suite has not seen to the contrary. */
  boolean isRunning() {
    return running;
  }

  boolean leads() {
    JsonNode scheduler = client().get("/v1/scheduler");
    return scheduler.path("leader").path("replica").asText().equals(scheduler.get("self").asText());
  }

  void kill() {
    running = false;
    process.close();
  }

  void freeze() {
    running = false;
    process.freeze();
  }

  void thaw() {
    process.thaw();
    running = true;
  }

  /**
   * Tells it to end and waits until it has, which somebody who follows its events must not hold up.
   */
  void terminate() {
    running = false;
    try (InputStream events = client().stream("/v1/events?types=leader.*")) {
      Instant asked = Instant.now();
      process.terminate();
      process.awaitEnd();
      Slack.ofSystemProperties()
          .judge("its end", Duration.between(asked, Instant.now()), ENDS_WITHIN);
      assertThat(events.readAllBytes())
          .as("what was told until the stream was completed")
          .isNotNull();
    } catch (IOException cutOff) {
      throw new UncheckedIOException(cutOff);
    }
    process.close();
  }

  @Override
  public void close() {
    running = false;
    process.close();
    relay.close();
  }
}
