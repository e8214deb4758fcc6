package io.carillon.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.carillon.Eventually;
import io.carillon.redis.RedisServer;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.embedded.core.ExecutableProvider;

class EmbeddedRedisTest {

  @TempDir Path temporary;

  @Test
  void listensOnLoopbackOnlyAndWritesAnAppendOnlyFile() throws IOException {
    try (EmbeddedRedis redis = start()) {
      // When
      int port = redis.uri().getPort();

      // Then
      assertThat(redis.uri().toString()).isEqualTo("redis://127.0.0.1:" + port);
      assertThat(setting(port, "bind")).isEqualTo("127.0.0.1");
      assertThat(setting(port, "appendonly")).isEqualTo("yes");
      assertThat(setting(port, "appendfsync")).isEqualTo("everysec");
      assertThat(setting(port, "save")).isEmpty();
      assertThat(setting(port, "maxmemory-policy")).isEqualTo("noeviction");
    }
  }

  @Test
  void describesItselfInOneLine() {
    try (EmbeddedRedis redis = start()) {
      // When
      String description = redis.description();

      // Then
      assertThat(description)
          .hasLineCount(1)
          .contains("127.0.0.1:" + redis.uri().getPort(), "process " + redis.pid())
          .contains(data().resolve("redis").toString(), "QUARKUS_REDIS_HOSTS");
    }
  }

  @Test
  void keepsItsDataOverCloseAndStart() throws IOException {
    // Given
    EmbeddedRedis first = start();
    RedisExchange.ask(first.uri().getPort(), "SET bell rings");

    // When
    first.close();
    boolean alive = isAlive(first);
    EmbeddedRedis second = start();

    // Then
    try (second) {
      assertThat(alive).isFalse();
      assertThat(RedisExchange.ask(second.uri().getPort(), "GET bell")).containsExactly("rings");
    }
  }

  @Test
  void mayBeClosedTwiceWithoutHarmToItsSuccessor() {
    // Given
    EmbeddedRedis first = start();
    first.close();

    try (EmbeddedRedis second = start()) {
      // When
      first.close();

      // Then
      assertThat(isAlive(second)).isTrue();
    }
  }

  @Test
  void aFurtherStartInTheSameJvmReturnsTheRunningOne() throws IOException {
    try (EmbeddedRedis first = start()) {
      // Given
      Path link = Files.createSymbolicLink(temporary.resolve("link"), data());

      // When
      EmbeddedRedis second = EmbeddedRedis.start(EmbeddedRedisSettings.in(link));

      // Then
      assertThat(second.pid()).isEqualTo(first.pid());
      assertThat(second.uri()).isEqualTo(first.uri());
    }
  }

  @Test
  void aStartAfterAReloadOfTheClassesReturnsTheRunningOneAndCanCloseIt() throws Exception {
    try (EmbeddedRedis first = start();
        URLClassLoader reloaded = classLoaderOfItsOwn()) {
      // Given
      Class<?> settingsType = reloaded.loadClass(EmbeddedRedisSettings.class.getName());
      Class<?> type = reloaded.loadClass(EmbeddedRedis.class.getName());
      Object settings = settingsType.getMethod("in", Path.class).invoke(null, data());

      // When
      AutoCloseable second =
          (AutoCloseable) type.getMethod("start", settingsType).invoke(null, settings);
      Object pid = type.getMethod("pid").invoke(second);
      second.close();

      // Then
      assertThat(type).isNotSameAs(EmbeddedRedis.class);
      assertThat(pid).isEqualTo(first.pid());
      assertThat(isAlive(first)).isFalse();
      assertThatTheDirectoryIsFree();
    }
  }

  @Test
  void aStartAfterItsRedisWasKilledStartsAnother() {
    try (EmbeddedRedis first = start()) {
      // Given
      ProcessHandle.of(first.pid()).ifPresent(ProcessHandle::destroyForcibly);
      BoundedWait.until(Eventually.BOUND, () -> !isAlive(first));

      // When
      EmbeddedRedis second = start();

      // Then
      try (second) {
        assertThat(isAlive(second)).isTrue();
        assertThat(second.pid()).isNotEqualTo(first.pid());
      }
    }
  }

  @Test
  void takesAnotherPortWhenTheFirstIsTaken() {
    try (RedisServer taker = RedisServer.start()) {
      // Given
      int free = new FreePort(ThreadLocalRandom.current()).getAsInt();
      Iterator<Integer> ports = List.of(taker.port(), free).iterator();

      // When
      EmbeddedRedis redis = start(ports::next);

      // Then
      try (redis) {
        assertThat(redis.uri()).hasPort(free);
      }
    }
  }

  @Test
  void givesUpWhenEveryPortIsTaken() {
    try (RedisServer taker = RedisServer.start()) {
      // When / Then
      assertThatThrownBy(() -> start(taker::port))
          .isInstanceOf(EmbeddedRedisException.class)
          .hasMessageContaining("each of 5 ports taken")
          .hasMessageContaining("Address already in use");
      assertThatTheDirectoryIsFree();
    }
  }

  @Test
  void showsTheEndOfTheLogWhenRedisCannotReadItsData() throws IOException {
    // Given
    Files.createDirectories(data().resolve("redis"));
    Files.writeString(data().resolve("redis/appendonly.aof"), "no append-only file");

    // When / Then
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining("ends at once, with status 1")
        .hasMessageContaining("Bad file format reading the append only file");
    assertThatTheDirectoryIsFree();
  }

  @ParameterizedTest
  @ValueSource(strings = {"setsid", "perl"})
  void runsInASessionOfItsOwn(String command) throws IOException {
    // Given
    Path found = SearchPath.ofEnvironment().first(command).orElse(Path.of("/none"));
    assumeTrue(Files.exists(found), command + " is not installed");
    Path only = Files.createDirectory(temporary.resolve("path"));
    Files.createSymbolicLink(only.resolve(command), found);

    // When
    EmbeddedRedis redis = start(new SearchPath(List.of(only)));

    // Then
    try (redis) {
      assertThat(sessionOf(redis.pid())).isEqualTo(redis.pid());
      assertThat(sessionOf(ProcessHandle.current().pid())).isNotEqualTo(redis.pid());
    }
  }

  @Test
  void runsInTheSessionOfTheServiceWhereThereIsNoOtherWay() throws IOException {
    // When
    EmbeddedRedis redis = start(new SearchPath(List.of()));

    // Then
    try (redis) {
      assertThat(sessionOf(redis.pid())).isEqualTo(sessionOf(ProcessHandle.current().pid()));
    }
  }

  @Test
  void refusesADirectoryThatCannotBeCreated() throws IOException {
    // Given
    Path file = Files.createFile(temporary.resolve("file"));

    // When / Then
    assertThatThrownBy(() -> EmbeddedRedis.start(EmbeddedRedisSettings.in(file.resolve("data"))))
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining(file.resolve("data") + " cannot be used")
        .hasMessageContaining("CARILLON_DATA_DIR");
  }

  @Test
  void refusesADirectoryThatCannotBeWritten() throws IOException {
    // Given: what not even root may write, and what only root may
    boolean root = System.getProperty("user.name").equals("root");
    Path unwritable = root ? Path.of("/proc") : Files.createDirectory(data());
    if (!root) {
      Files.setPosixFilePermissions(unwritable, PosixFilePermissions.fromString("r-x------"));
    }

    // When / Then
    assertThatThrownBy(() -> EmbeddedRedis.start(EmbeddedRedisSettings.in(unwritable)))
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining(unwritable + " cannot be used")
        .hasMessageContaining("CARILLON_DATA_DIR");
  }

  private EmbeddedRedis start() {
    return EmbeddedRedis.start(EmbeddedRedisSettings.in(data()));
  }

  private EmbeddedRedis start(SearchPath searchPath) {
    Duration bound = Duration.ofSeconds(20);
    return EmbeddedRedis.start(new EmbeddedRedisSettings(data(), searchPath, bound, bound));
  }

  private EmbeddedRedis start(IntSupplier ports) {
    return new EmbeddedRedisStart(EmbeddedRedisSettings.in(data()), new EmbeddedBinary(), ports)
        .run();
  }

  private Path data() {
    return temporary.resolve("data");
  }

  private void assertThatTheDirectoryIsFree() {
    DataDirectory directory = DataDirectory.open(data());
    DataDirectoryLock.acquire(directory).release(directory);
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(process -> ProcessInDirectory.lives(process, directory.redis()));
  }

  /** A process that has given its directory free is gone, although it may not be reaped yet. */
  private boolean isAlive(EmbeddedRedis redis) {
    Path directory = DataDirectory.open(data()).redis();
    return ProcessHandle.of(redis.pid())
        .filter(process -> ProcessInDirectory.lives(process, directory))
        .isPresent();
  }

  private static String setting(int port, String name) throws IOException {
    return RedisExchange.ask(port, "CONFIG GET " + name).get(1);
  }

  /** The sixth field of proc(5)'s stat. */
  private static long sessionOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }

  private static URLClassLoader classLoaderOfItsOwn() {
    URL[] classPath = {
      EmbeddedRedis.class.getProtectionDomain().getCodeSource().getLocation(),
      ExecutableProvider.class.getProtectionDomain().getCodeSource().getLocation()
    };
    return new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
  }
}
