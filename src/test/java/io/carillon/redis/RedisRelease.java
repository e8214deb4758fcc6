package io.carillon.redis;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/** The releases of Redis that tests run, for what one does otherwise than another. */
public enum RedisRelease {
  /**
   * Release 6.2, which the embedded Redis uses; another with the system property {@code
   * redis.server}, the path of its program.
   */
  EMBEDDED {
    @Override
    Path binary() {
      return Optional.ofNullable(System.getProperty("redis.server"))
          .map(Path::of)
          .orElseGet(() -> Embedded.PATH);
    }
  },
  /**
   * Release 7 or later, from the packages of the system; where there is none, the test is left out.
   */
  OF_THE_SYSTEM {
    @Override
    Path binary() {
      Optional<Path> found = OfTheSystem.FOUND.filter(binary -> OfTheSystem.major(binary) >= 7);
      assumeThat(found).as("a redis-server 7 or later on the PATH").isPresent();
      return found.orElseThrow();
    }
  };

  /** The program. */
  abstract Path binary();

  /** Written out once per JVM. */
  private static final class Embedded {
    static final Path PATH = extract();

    private static Path extract() {
      try {
        Path directory = Files.createTempDirectory("carillon-redis-");
        directory.toFile().deleteOnExit();
        return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final class OfTheSystem {
    static final Optional<Path> FOUND =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .map(directory -> Path.of(directory, "redis-server"))
            .filter(Files::isExecutable)
            .findFirst();

    private static final Pattern MAJOR = Pattern.compile("\\bv=(\\d+)\\.");

    static int major(Path binary) {
      try {
        Process asked = new ProcessBuilder(binary.toString(), "--version").start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher major = MAJOR.matcher(said);
        return major.find() ? Integer.parseInt(major.group(1)) : 0;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
