package io.carillon.redis.embedded;

import java.time.Duration;

/**
 * A Redis process of this service.
 *
 * @param process its handle; a child of this JVM if started, not if adopted
 * @param port on 127.0.0.1
 * @param version as it prints it
 * @param origin how the service came by it
 */
record RunningRedis(ProcessHandle process, int port, String version, Origin origin) {

  private static final System.Logger LOG = System.getLogger(RunningRedis.class.getName());
  private static final Duration KILLED_WITHIN = Duration.ofSeconds(5);

  /** How the service came by its Redis. */
  enum Origin {
    /** Started by this JVM. */
    STARTED,
    /** Left behind by an earlier one. */
    ADOPTED
  }

  boolean lives(DataDirectory directory) {
    return ProcessInDirectory.lives(process, directory.redis());
  }

  /** Asks it to write its data and end (SIGTERM), and ends it by force when the time is up. */
  void stop(DataDirectory directory, Duration within) {
    process.destroy();
    if (BoundedWait.until(within, () -> !lives(directory))) {
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "Embedded Redis does not end, ending it by force pid={0}",
        Long.toString(process.pid()));
    process.destroyForcibly();
    BoundedWait.until(KILLED_WITHIN, () -> !lives(directory));
  }
}
