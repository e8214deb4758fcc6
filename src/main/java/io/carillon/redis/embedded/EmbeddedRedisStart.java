package io.carillon.redis.embedded;

import java.util.Optional;
import java.util.function.IntSupplier;

/** One start, step by step: the one this JVM has, else an orphan, else a new one. */
final class EmbeddedRedisStart {

  private final EmbeddedRedisSettings settings;
  private final BinarySearch binaries;
  private final OwnSession session;
  private final IntSupplier ports;

  EmbeddedRedisStart(EmbeddedRedisSettings settings, BinarySource embedded, IntSupplier ports) {
    this.settings = settings;
    this.binaries = new BinarySearch(embedded, settings.searchPath());
    this.session = new OwnSession(settings.searchPath());
    this.ports = ports;
  }

  EmbeddedRedis run() {
    DataDirectory directory = DataDirectory.open(settings.dataDirectory());
    synchronized (JvmHoldings.MONITOR) {
      Holding holding = held(directory).orElseGet(() -> take(directory));
      return new EmbeddedRedis(holding, settings.stopWithin());
    }
  }

  private Optional<Holding> held(DataDirectory directory) {
    Optional<Holding> held = JvmHoldings.of(directory);
    if (held.isPresent() && !held.get().redis().lives(directory)) {
      JvmHoldings.forget(directory);
      held.get().release(settings.stopWithin());
      return Optional.empty();
    }
    return held;
  }

  private Holding take(DataDirectory directory) {
    DataDirectoryLock lock = DataDirectoryLock.acquire(directory);
    try {
      Holding holding =
          new OrphanAdoption(directory, settings.readyWithin())
              .find()
              .map(redis -> adopt(directory, lock, redis))
              .orElseGet(() -> startNew(directory, lock));
      JvmHoldings.keep(holding);
      return holding;
    } catch (RuntimeException e) {
      lock.release(directory);
      throw e;
    }
  }

  private Holding adopt(DataDirectory directory, DataDirectoryLock lock, RunningRedis redis) {
    return new Holding(directory, lock, Watcher.start(directory, session), redis);
  }

  private Holding startNew(DataDirectory directory, DataDirectoryLock lock) {
    RedisBinary binary = binaries.find(directory);
    Watcher watcher = Watcher.start(directory, session);
    try {
      RedisLaunch launch = new RedisLaunch(directory, session, ports, settings.readyWithin());
      return new Holding(directory, lock, watcher, launch.start(binary));
    } catch (RuntimeException e) {
      watcher.dismiss();
      throw e;
    }
  }
}
