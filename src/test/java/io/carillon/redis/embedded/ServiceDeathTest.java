package io.carillon.redis.embedded;

import static io.carillon.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.carillon.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of Redis when the service that holds it ends in some way or other. */
class ServiceDeathTest {

  @TempDir Path temporary;

  private DataDirectory directory;

  @BeforeEach
  void openDirectory() {
    directory = DataDirectory.open(temporary.resolve("data"));
  }

  @AfterEach
  void leaveNothingRunning() {
    ProcessInDirectory.of(directory.redisPid(), directory.redis())
        .ifPresent(ProcessHandle::destroyForcibly);
    eventually().until(this::nothingRuns);
  }

  @Test
  void redisEndsWhenTheServiceIsKilledAndItsDataAreThereOnTheNextStart() throws IOException {
    // Given
    try (ServiceProcess service = ServiceProcess.start(directory.path())) {
      RedisExchange.ask(service.port(), "SET bell rings");

      // When
      service.kill();
    }

    // Then
    eventually().until(this::nothingRuns);
    assertThat(storedBell()).isEqualTo("rings");
  }

  @Test
  void aStartRightAfterAKillHasTheData() throws IOException {
    // Given
    try (ServiceProcess service = ServiceProcess.start(directory.path())) {
      RedisExchange.ask(service.port(), "SET bell rings");

      // When
      service.kill();
    }
    String bell = storedBell();

    // Then
    assertThat(bell).isEqualTo("rings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-watcher.pid", "redis.properties", "redis.pid", "redis.log"})
  void nothingStaysWhenTheServiceIsKilledInTheMidstOfItsStart(String lastSeen) {
    // Given
    try (ServiceProcess service = ServiceProcess.launch(directory.path())) {
      eventually()
          .pollInterval(Duration.ofMillis(1))
          .until(() -> Files.exists(directory.path().resolve(lastSeen)));

      // When
      service.kill();
    }

    // Then
    eventually().until(this::nothingRuns);
  }

  @Test
  void redisEndsWhenTheServiceIsTerminatedButNotBeforeItsLastWork() throws IOException {
    // Given
    try (ServiceProcess service = ServiceProcess.start(directory.path())) {
      // When
      service.terminate();
    }

    // Then
    eventually().until(this::nothingRuns);
    assertThat(lastWords()).isEqualTo("PONG");
  }

  @Test
  void controlCReachesTheServiceFirstAndRedisLast() throws IOException {
    // Given
    assumeFalse(Signals.isInterruptIgnored(), "SIGINT is ignored by all that is started here");
    try (ServiceProcess service = ServiceProcess.start(directory.path())) {
      // When
      service.interrupt();
    }

    // Then
    eventually().until(this::nothingRuns);
    assertThat(lastWords()).isEqualTo("PONG");
  }

  @Test
  void aSecondStartIsRefusedNamingTheProcessOfTheFirst() {
    try (ServiceProcess first = ServiceProcess.start(directory.path())) {
      // When
      ServiceProcess second = ServiceProcess.start(directory.path());

      // Then
      try (second) {
        assertThat(second.refusal())
            .contains(directory.path() + " is in use by process " + first.pid())
            .contains("CARILLON_DATA_DIR");
        assertThat(first.redis().isAlive()).isTrue();
      }
    }
  }

  @Test
  void anOrphanIsAdoptedWithItsDataAndEndsWithItsAdopter() throws IOException {
    // Given
    ProcessHandle orphan = leaveAnOrphan();

    // When
    ProcessHandle adopted;
    String bell;
    try (ServiceProcess adopter = ServiceProcess.start(directory.path())) {
      adopted = adopter.redis();
      bell = RedisExchange.ask(adopter.port(), "GET bell").get(0);
      adopter.kill();
    }

    // Then
    assertThat(adopted).isEqualTo(orphan);
    assertThat(bell).isEqualTo("rings");
    eventually().until(this::nothingRuns);
  }

  @Test
  void anAdoptedOrphanEndsWhenItIsClosed() {
    // Given
    ProcessHandle orphan = leaveAnOrphan();
    EmbeddedRedis adopted = EmbeddedRedis.start(EmbeddedRedisSettings.in(directory.path()));
    String description = adopted.description();

    // When
    adopted.close();

    // Then
    assertThat(adopted.pid()).isEqualTo(orphan.pid());
    assertThat(description).contains("of an earlier start goes on", "process " + orphan.pid());
    assertThat(nothingRuns()).isTrue();
  }

  @Test
  void anOrphanThatDoesNotAnswerIsNamedAndLeftAlone() {
    // Given
    ProcessHandle orphan = leaveAnOrphan();
    Signals.send("STOP", orphan.pid());
    EmbeddedRedisSettings impatient =
        new EmbeddedRedisSettings(
            directory.path(),
            SearchPath.ofEnvironment(),
            Duration.ofMillis(100),
            Duration.ofSeconds(5));

    // When / Then
    assertThatThrownBy(() -> EmbeddedRedis.start(impatient))
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining("process " + orphan.pid() + ", still works in")
        .hasMessageContaining("kill " + orphan.pid());
    assertThat(orphan.isAlive()).isTrue();
  }

  @Test
  void aRedisOfSomebodyElseOnTheRecordedPortIsNeitherAdoptedNorEnded() throws IOException {
    try (RedisServer other = RedisServer.start()) {
      // Given
      RedisRecord.drawFor(other.port()).write(directory);
      Files.writeString(directory.redisPid(), Long.toString(other.pid()));

      // When
      EmbeddedRedis own = EmbeddedRedis.start(EmbeddedRedisSettings.in(directory.path()));
      own.close();

      // Then
      assertThat(own.pid()).isNotEqualTo(other.pid());
      assertThat(other.isRunning()).isTrue();
    }
  }

  /** A service dies together with its watcher: as when a machine runs out of memory. */
  private ProcessHandle leaveAnOrphan() {
    try (ServiceProcess service = ServiceProcess.start(directory.path())) {
      ProcessHandle redis = service.redis();
      RedisExchange.ask(service.port(), "SET bell rings");
      watcher().destroyForcibly();
      eventually().until(() -> watchers().isEmpty());
      service.kill();
      return redis;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ProcessHandle watcher() {
    return watchers().get(0);
  }

  private List<ProcessHandle> watchers() {
    return ProcessInDirectory.of(directory.watcherPid(), directory.redis()).stream().toList();
  }

  /** No process at all works in the directory of Redis, known by a file or not. */
  private boolean nothingRuns() {
    return ProcessHandle.allProcesses()
        .noneMatch(process -> ProcessInDirectory.lives(process, directory.redis()));
  }

  private String storedBell() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisSettings.in(directory.path()))) {
      return RedisExchange.ask(redis.uri().getPort(), "GET bell").get(0);
    }
  }

  private String lastWords() throws IOException {
    return Files.readString(directory.path().resolve(ServiceMain.LAST_WORDS));
  }
}
