package io.carillon.simulation;

import io.carillon.engine.twin.Safeguard;
import io.carillon.job.JobState;
import io.carillon.simulation.Violation.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One history: first anything may happen, then all must be made good. */
final class Simulation {

  private static final int MOVES = 200;
  private static final Duration CONVALESCENCE = Duration.ofSeconds(10);
  private static final Duration LATE = Duration.ofSeconds(1);
  private static final Duration A_LOOK = Duration.ofSeconds(5);

  /** Ten minutes: a queue in which each waits in vain for a report is long. */
  private static final int MOST_LOOKS = 120;

  private final Chance chance;
  private final Cluster cluster;
  private final Mischief mischief;

  private Simulation(long seed, Set<Safeguard> missing, Set<Promise> overlooked, boolean traced) {
    this.chance = new Chance(seed);
    this.cluster = new Cluster(chance, missing, overlooked, traced);
    this.mischief = new Mischief(chance, cluster, cluster.trace());
  }

  /**
   * Plays the history of a seed, and if a promise is broken once more to write it down.
   *
   * @param missing what the store does not look at
   */
  static Optional<Violation> play(long seed, Set<Safeguard> missing) {
    return outcome(seed, missing, Set.of())
        .map(broken -> new Violation(seed, broken.promise(), broken.how(), trace(seed, missing)));
  }

  /**
   * Which promise the history of a seed breaks first, if any.
   *
   * @param overlooked promises that do not count
   */
  static Optional<Promise> firstBroken(long seed, Set<Safeguard> missing, Set<Promise> overlooked) {
    return outcome(seed, missing, overlooked).map(Promises.Broken::promise);
  }

  private static Optional<Promises.Broken> outcome(
      long seed, Set<Safeguard> missing, Set<Promise> overlooked) {
    Simulation simulation = new Simulation(seed, missing, overlooked, false);
    simulation.play();
    return simulation.cluster.promises().firstBroken();
  }

  /** What happens in the history of a seed. */
  static List<String> trace(long seed, Set<Safeguard> missing) {
    Simulation simulation = new Simulation(seed, missing, Set.of(), true);
    simulation.play();
    return simulation.cluster.trace().lines();
  }

  private void play() {
    for (int i = 0; i < MOVES && allIsWell(); i++) {
      anything();
    }
    if (allIsWell()) {
      cluster.calmDown();
      cluster.anyAwake().ifPresent(cluster.users()::resumeScheduler);
      cluster.goOn(CONVALESCENCE);
      checkEverythingIsUpToDate();
    }
    if (allIsWell()) {
      cluster.anyAwake().ifPresent(cluster.users()::pauseEverything);
      checkEverythingEnds();
    }
  }

  private boolean allIsWell() {
    return cluster.promises().firstBroken().isEmpty();
  }

  private void anything() {
    int which = chance.below(100);
    if (which < 72) {
      cluster.move();
    } else if (which < 84) {
      cluster.pass(chance.millis(1, 250));
    } else if (which < 94) {
      cluster.anyAwake().ifPresent(cluster.users()::act);
    } else if (which < 97) {
      mischief.act();
    } else {
      cluster.goOn(chance.millis(200, 4_000));
    }
  }

  private void checkEverythingIsUpToDate() {
    List<Replica> leaders = cluster.replicas().stream().filter(Replica::leads).toList();
    if (leaders.size() != 1) {
      cluster.promises().broken(Promise.ENDS_WELL, "these lead: " + leaders);
    }
    for (Timeline job : cluster.promises().timelines().values()) {
      boolean late =
          job.expected().filter(next -> next.isBefore(cluster.now().minus(LATE))).isPresent();
      boolean forgotten = job.expected().isEmpty() && !job.rests();
      if (job.state() == JobState.ACTIVE && (late || forgotten)) {
        cluster.promises().broken(Promise.NOTHING_LEFT_OUT, "still to be claimed: " + job);
      }
    }
  }

  private void checkEverythingEnds() {
    for (int looks = 0; !cluster.ledger().active().isEmpty() && allIsWell(); looks++) {
      cluster.goOn(A_LOOK);
      if (looks == MOST_LOOKS) {
        cluster.promises().broken(Promise.ENDS_WELL, "without end: " + cluster.ledger().active());
      }
    }
  }
}
