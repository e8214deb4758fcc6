package io.carillon.redis.embedded;

import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;

/**
 * What this JVM holds, by data directory, where it outlives the class loader that put it there: in
 * the system properties, under keys that no setting uses. The values are maps of JDK types only,
 * since the classes of this package are others after a reload. They also keep the lock's channel
 * and the watcher's pipe reachable, both of which would be closed once collected.
 */
final class JvmHoldings {

  /** A string literal is one object for the whole JVM, so it excludes other class loaders too. */
  static final Object MONITOR = "io.carillon.redis.embedded.holdings";

  private JvmHoldings() {}

  static Optional<Holding> of(DataDirectory directory) {
    return System.getProperties().get(key(directory)) instanceof Map<?, ?> held
        ? Optional.of(holding(directory, held))
        : Optional.empty();
  }

  static void keep(Holding holding) {
    RunningRedis redis = holding.redis();
    System.getProperties()
        .put(
            key(holding.directory()),
            Map.of(
                "lock", holding.lock().channel(),
                "watcher", holding.watcher().process(),
                "process", redis.process(),
                "port", redis.port(),
                "version", redis.version(),
                "origin", redis.origin().name()));
  }

  static void forget(DataDirectory directory) {
    System.getProperties().remove(key(directory));
  }

  private static Holding holding(DataDirectory directory, Map<?, ?> held) {
    return new Holding(
        directory,
        new DataDirectoryLock((FileChannel) held.get("lock")),
        new Watcher((Process) held.get("watcher")),
        new RunningRedis(
            (ProcessHandle) held.get("process"),
            (Integer) held.get("port"),
            (String) held.get("version"),
            RunningRedis.Origin.valueOf((String) held.get("origin"))));
  }

  private static String key(DataDirectory directory) {
    return MONITOR + ":" + directory.path();
  }
}
