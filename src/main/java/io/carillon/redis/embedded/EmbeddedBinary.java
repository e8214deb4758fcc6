package io.carillon.redis.embedded;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.error.OsArchitectureNotFound;
import redis.embedded.error.UnknownOSName;
import redis.embedded.model.OsArchitecture;

/**
 * The redis-server inside the library embedded-redis. The library itself would write over a file
 * that an orphan may be running, and delete it at the end of the JVM; here a new file takes its
 * place, which a running process does not notice.
 */
final class EmbeddedBinary implements BinarySource {

  @Override
  public Path provide(Path directory) throws IOException {
    String resource = resource();
    Files.createDirectories(directory);
    Path binary = directory.resolve(resource.substring(1));
    Path fresh = directory.resolve("redis-server.new");
    try (InputStream content = OsArchitecture.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw new FileNotFoundException(resource + " is missing from the library");
      }
      Files.copy(content, fresh, StandardCopyOption.REPLACE_EXISTING);
      if (!fresh.toFile().setExecutable(true)) {
        throw new IOException(fresh + " cannot be made executable");
      }
      return Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String resource() throws IOException {
    try {
      OsArchitecture system = OsArchitecture.detectOSandArchitecture();
      return Optional.ofNullable(ExecutableProvider.newProvidedVersionsMap().get(system))
          .orElseThrow(() -> new FileNotFoundException("there is none for " + describe(system)));
    } catch (OsArchitectureNotFound | UnknownOSName e) {
      throw new IOException("the kind of this system cannot be told", e);
    }
  }

  private static String describe(OsArchitecture system) {
    return system.os + " on " + system.arch;
  }
}
