package io.carillon.engine;

import io.carillon.engine.RunLedger.Reaped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Looks each second for runs whose replica died or fell silent, and offers them again. */
public final class Reaper implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Reaper.class.getName());
  private static final int MOST_A_ROUND = 200;

  private final String replica;
  private final RunLedger ledger;
  private final RandomGenerator random;
  final Loop loop = new Loop("reaper", this::round);

  public Reaper(String replica, RunLedger ledger, RandomGenerator random) {
    this.replica = replica;
    this.ledger = ledger;
    this.random = random;
  }

  public void start() {
    loop.start();
  }

  Duration round() {
    Reaped reaped = ledger.reap(replica, MOST_A_ROUND);
    int found = reaped.offeredAgain() + reaped.failed();
    if (found == 0) {
      return Duration.ofMillis(random.nextLong(800, 1200));
    }
    LOG.log(
        Level.INFO,
        "runs reaped offeredAgain={0} failed={1}",
        reaped.offeredAgain(),
        reaped.failed());
    return found < MOST_A_ROUND ? Duration.ofMillis(random.nextLong(800, 1200)) : Duration.ZERO;
  }

  @Override
  public void close() {
    loop.close();
  }
}
