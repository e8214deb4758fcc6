package io.carillon.redis.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a Redis says about itself; it says so while it still loads its data, too.
 *
 * @param id the id it was started with
 * @param directory its working directory
 * @param pid its process id
 * @param version as it prints it
 */
record RedisIdentity(String id, Path directory, long pid, String version) {

  /** Asks whatever listens on the port; empty if nothing does, or nothing that is a Redis. */
  static Optional<RedisIdentity> at(int port) {
    try {
      String info = RedisExchange.ask(port, "INFO server").get(0);
      return Optional.of(
          new RedisIdentity(
              setting(port, "syslog-ident"),
              Path.of(setting(port, "dir")),
              Long.parseLong(field(info, "process_id")),
              field(info, "redis_version")));
    } catch (IOException | NumberFormatException noRedis) {
      return Optional.empty();
    }
  }

  /** Whether it is the one that was started under this record for this directory. */
  boolean is(RedisRecord record, DataDirectory home) {
    return id.equals(record.id()) && directory.equals(home.redis());
  }

  private static String setting(int port, String name) throws IOException {
    var answer = RedisExchange.ask(port, "CONFIG GET " + name);
    if (answer.size() != 2) {
      throw new IOException("no setting " + name);
    }
    return answer.get(1);
  }

  private static String field(String info, String name) throws IOException {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow(() -> new IOException("no field " + name));
  }
}
