package io.carillon.redis;

import io.carillon.engine.StoreUnavailable;
import java.time.InstantSource;

/**
 * The version of the form in which the ledger is kept. It is written at the first use of a ledger
 * and checked by every replica that starts, so that no build reads, or writes, what it does not
 * understand. A change of any key or record in {@link Keys} or {@link Schema} that an earlier build
 * would misread moves it.
 */
public final class LedgerFormat {

  /** What this build reads and writes. */
  static final int VERSION = 1;

  private final RedisLink link;
  private final InstantSource clock;
  private final RedisScript check;

  public LedgerFormat(RedisLink link, Partition partition, InstantSource clock) {
    this.link = link;
    this.clock = clock;
    this.check = partition.script("check-format");
  }

  /** A ledger that this build must not touch; the message says the way out. */
  public static final class Incompatible extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Incompatible(String message) {
      super(message);
    }
  }

  /**
   * Checks the ledger.
   *
   * @throws Incompatible when it has another format
   * @throws StoreUnavailable when Redis does not answer
   */
  public void check() {
    int stored =
        check.call().with("version", VERSION).with("at", clock.instant()).await(link).toInteger();
    if (stored > VERSION) {
      throw new Incompatible(
          ("The ledger in Redis has format %d, and this version of Carillon reads format %d: start a"
                  + " version that reads format %d.")
              .formatted(stored, VERSION, stored));
    }
    if (stored < VERSION) {
      throw new Incompatible(
          ("The ledger in Redis was written by an earlier build, and this version of Carillon reads"
                  + " format %d: export the jobs with that build, empty the ledger (of the embedded"
                  + " Redis: CARILLON_DATA_DIR), and send the export to /v1/jobs/batch.")
              .formatted(VERSION));
    }
  }
}
