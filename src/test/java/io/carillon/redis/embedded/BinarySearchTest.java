package io.carillon.redis.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinarySearchTest {

  private static final String NO_OPENSSL =
      "echo 'error while loading shared libraries: libssl.so.3: cannot open' >&2; exit 127";

  @TempDir Path temporary;

  private DataDirectory directory;
  private Path onPath;

  @BeforeEach
  void createDirectories() throws IOException {
    directory = DataDirectory.open(temporary.resolve("data"));
    onPath = Files.createDirectory(temporary.resolve("bin"));
  }

  @Test
  void prefersTheEmbeddedBinary() throws IOException {
    // Given
    script("redis-server", "echo 'Redis server v=7.0.15 sha=0'");

    // When
    RedisBinary binary = search(new EmbeddedBinary()).find(directory);

    // Then
    assertThat(binary.path()).startsWith(directory.binaries());
    assertThat(binary.version()).isGreaterThanOrEqualTo(RedisVersion.OLDEST_USABLE);
  }

  @Test
  void usesARedisServerOfThePathWhereTheEmbeddedOneFails() throws IOException {
    // Given
    Path real = new EmbeddedBinary().provide(temporary.resolve("real"));
    Files.createSymbolicLink(onPath.resolve("redis-server"), real);

    // When
    EmbeddedRedis redis = startWithFailingBinary();

    // Then
    try (redis) {
      assertThat(RedisExchange.ask(redis.uri().getPort(), "PING")).containsExactly("PONG");
      assertThat(Files.readSymbolicLink(Path.of("/proc", redis.pid() + "", "exe")))
          .isEqualTo(real.toRealPath());
    }
  }

  @Test
  void usesARedisServerOfThePathWhereTheEmbeddedOneCannotBeHad() throws IOException {
    // Given
    Path found = script("redis-server", "echo 'Redis server v=7.0.15 sha=0'");
    BinarySource none =
        where -> {
          throw new IOException("there is none for PLAN9");
        };

    // When
    RedisBinary binary = search(none).find(directory);

    // Then
    assertThat(binary).isEqualTo(new RedisBinary(found, new RedisVersion(7, 0, 15)));
  }

  @Test
  void namesTheReasonAndTheRemedyWhereThereIsNone() {
    // When / Then
    assertThatThrownBy(this::startWithFailingBinary)
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining("ends with status 127")
        .hasMessageContaining("libssl.so.3")
        .hasMessageContaining("apt-get install redis-server")
        .hasMessageContaining("QUARKUS_REDIS_HOSTS");
  }

  @Test
  void refusesAnOldRedisServer() throws IOException {
    // Given
    script("redis-server", "echo 'Redis server v=6.0.16 sha=0'");

    // When / Then
    assertThatThrownBy(this::startWithFailingBinary)
        .hasMessageContaining("is version 6.0.16, older than 6.2.0");
  }

  @Test
  void refusesABinaryWhoseLoaderIsMissing() throws IOException {
    // Given
    Path broken = Files.writeString(temporary.resolve("broken"), "#!/lib64/no-such-loader\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();

    // When / Then
    assertThatThrownBy(() -> search(where -> broken).find(directory))
        .hasMessageContaining(broken + " cannot be run");
  }

  @Test
  void refusesToOverlookDataThatANewerRedisHasWritten() throws IOException {
    // Given
    Files.createDirectory(directory.redis().resolve("appendonlydir"));

    // When / Then
    assertThatThrownBy(() -> search(new EmbeddedBinary()).find(directory))
        .isInstanceOf(EmbeddedRedisException.class)
        .hasMessageContaining("older than 7.0.0");
  }

  private EmbeddedRedis startWithFailingBinary() throws IOException {
    Path failing = script("failing", NO_OPENSSL);
    EmbeddedRedisSettings usual = EmbeddedRedisSettings.in(directory.path());
    EmbeddedRedisSettings settings =
        new EmbeddedRedisSettings(
            directory.path(),
            new SearchPath(List.of(onPath)),
            usual.readyWithin(),
            usual.stopWithin());
    return new EmbeddedRedisStart(settings, where -> failing, new FreePort(new Random())).run();
  }

  private BinarySearch search(BinarySource embedded) {
    return new BinarySearch(embedded, new SearchPath(List.of(onPath)));
  }

  private Path script(String name, String body) throws IOException {
    Path script = Files.writeString(onPath.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
