package io.carillon.process.faults;

import io.carillon.process.faults.Promise.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something happens to one replica. */
record ReplicaFault(Blow blow, Role role) implements Fault {

  /** Longer than any lease lasts. */
  private static final Duration ABSENCE = Cluster.LEASE_TTL.multipliedBy(5).dividedBy(2);

  private static final Duration DEAF = Duration.ofSeconds(1);
  private static final Duration LEASE_AND_A_SECOND = Cluster.LEASE_TTL.plusSeconds(1);

  /** Until what a dead replica was delivering has been offered again. */
  private static final Duration OFFERED_AGAIN = Duration.ofSeconds(10);

  /** What can be done to a replica. */
  enum Blow {
    KILL("kill -9", Duration.ofSeconds(1), Repeats.WHAT_WAS_UNDER_WAY),
    FREEZE("SIGSTOP for 2.5 leases", LEASE_AND_A_SECOND, Repeats.WHAT_WAS_UNDER_WAY),
    TERMINATE("SIGTERM", Duration.ofMillis(500), Repeats.NOTHING),
    LOSE_REPLIES("replies lost for 1 s", LEASE_AND_A_SECOND, Repeats.WHAT_WAS_UNDER_WAY),
    PARTITION("partition for 2.5 leases", LEASE_AND_A_SECOND, Repeats.WHAT_WAS_UNDER_WAY);

    private final String words;
    private final Promise promise;

    Blow(String words, Duration gap, Repeats repeats) {
      this.words = words;
      this.promise = new Promise(gap, OFFERED_AGAIN, repeats);
    }
  }

  @Override
  public String what() {
    return blow.words;
  }

  @Override
  public String victim() {
    return role.toString();
  }

  @Override
  public Promise promise() {
    return blow.promise;
  }

  @Override
  public Strike strike(Cluster cluster, Observation observation) {
    Replica victim = cluster.replica(role);
    Instant struck = Instant.now();
    return switch (blow) {
      case KILL -> {
        victim.kill();
        observation.of(cluster, Instant.now());
        yield new Strike(struck, struck, Optional.of(Instant.now()));
      }
      case TERMINATE -> {
        victim.terminate();
        Instant ended = Instant.now();
        observation.of(cluster, ended);
        yield new Strike(struck, ended, Optional.of(Instant.now()));
      }
      case FREEZE -> {
        victim.freeze();
        observation.atLeast(ABSENCE).of(cluster, Instant.now());
        Instant returns = Instant.now();
        victim.thaw();
        yield new Strike(struck, returns, Optional.of(returns));
      }
      case LOSE_REPLIES -> {
        victim.relay().loseReplies();
        cluster.goOnFor(DEAF);
        victim.relay().reset();
        yield new Strike(struck, Instant.now(), Optional.empty());
      }
      case PARTITION -> {
        victim.relay().loseEverything();
        observation.atLeast(ABSENCE).of(cluster, Instant.now());
        Instant returns = Instant.now();
        victim.relay().reset();
        yield new Strike(struck, returns, Optional.of(returns));
      }
    };
  }

  @Override
  public String toString() {
    return what() + " of " + victim();
  }
}
