package io.carillon.redis.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/**
 * Ports of the loopback address that nothing listens on, drawn at random. They lie below the range
 * that kernels give to outgoing connections (from 32768 on Linux): inside that range a client that
 * keeps reconnecting can be given the very port it wants to reach, and connect to itself.
 */
final class FreePort implements IntSupplier {

  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;
  private static final int DRAWS = 1_000;

  private final RandomGenerator random;

  FreePort(RandomGenerator random) {
    this.random = random;
  }

  /** A port that was free a moment ago; by the time it is used another process may have it. */
  @Override
  public int getAsInt() {
    return random
        .ints(DRAWS, FIRST, LAST + 1)
        .filter(FreePort::isFree)
        .findFirst()
        .orElseThrow(() -> new EmbeddedRedisException("No free port on 127.0.0.1"));
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
