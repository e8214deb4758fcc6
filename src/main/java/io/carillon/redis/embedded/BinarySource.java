package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Where the redis-server that comes with the service is taken from. */
@FunctionalInterface
interface BinarySource {

  /**
   * Puts the binary into a directory.
   *
   * @param directory created if absent
   * @return the executable file
   * @throws IOException if there is none for this system, or it cannot be written
   */
  Path provide(Path directory) throws IOException;
}
