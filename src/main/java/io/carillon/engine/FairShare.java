package io.carillon.engine;

/**
 * How many of a batch the leader delivers itself, of {@code R} replicas alive. A batch of {@code n}
 * gives {@code n/R}, rounded up; what that is too much, later batches give less, so that in the end
 * the leader has its part and no more, however small the batches are. Used by one thread.
 */
final class FairShare {

  private int replicas = 1;

  /** What was rounded up so far, in parts of one {@code R}th: from 0 to below {@code R}. */
  private int ahead;

  /**
   * @param runs from 0
   * @param alive how many replicas deliver, the leader among them; 0 when that is not known: then
   *     nothing is its own
   */
  int of(int runs, int alive) {
    if (alive == 0) {
      return 0;
    }
    if (alive != replicas) {
      replicas = alive;
      ahead = 0;
    }
    int share = Math.floorDiv(runs - ahead + replicas - 1, replicas);
    ahead += share * replicas - runs;
    return share;
  }
}
