package io.carillon.redis;

import io.vertx.redis.client.Command;

/** CPU time of a Redis server so far, user and system, without its children's. */
final class ServerCpu {

  private ServerCpu() {}

  static long micros(RedisLink link) {
    return link.call(Command.INFO, "cpu")
        .toString()
        .lines()
        .filter(line -> line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:"))
        .mapToLong(
            line -> Math.round(Double.parseDouble(line.substring(line.indexOf(':') + 1)) * 1e6))
        .sum();
  }
}
