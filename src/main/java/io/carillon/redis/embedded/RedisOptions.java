package io.carillon.redis.embedded;

import java.util.List;

/**
 * The command line of the embedded Redis; what is not named keeps Redis' own default. It uses the
 * directory that it is started in.
 */
final class RedisOptions {

  private RedisOptions() {}

  static List<String> of(RedisRecord record) {
    return List.of(
        "--port",
        Integer.toString(record.port()),
        "--bind",
        "127.0.0.1",
        "--protected-mode",
        "yes",
        // Every change is in the file within a second; snapshots beside it would only cost.
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--save",
        "",
        // To forget definitions when memory is short would be worse than to refuse new ones.
        "--maxmemory-policy",
        "noeviction",
        // Free text that Redis does nothing with while syslog is off, but tells when asked.
        "--syslog-ident",
        record.id());
  }
}
