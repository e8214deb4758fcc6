package io.carillon.process.faults;

import static io.carillon.Eventually.eventually;

import io.carillon.process.Chimes;
import io.carillon.process.Occurrence;
import io.carillon.process.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.opentest4j.TestAbortedException;

/** A cluster that rings 200 times a second, and all that can be known about it from outside. */
final class Bells implements AutoCloseable {

  private static final int JOBS = 200;

  /** So slow that at any time some webhooks are under way. */
  private static final Duration WORK = Duration.ofMillis(50);

  /** What is due now may still be on its way, on a slow machine the longer. */
  private static final Duration LATE = Duration.ofMillis(500);

  private static final int PART_OF_THE_WAIT = 10;

  /** Enough to see that what is due does not come, and soon repeated. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private static final int MOST_VOID = 3;

  private final Standstills standstills = new Standstills();
  private final Receiver receiver;
  private final Cluster cluster;
  private final EventFollower follower;
  private final Chimes chimes;
  private Instant settled;

  /** Starts everything, from this package, and waits until it rings on time. */
  Bells(Path jar) {
    this(jar, WORK);
  }

  /**
   * @param work how long the receiver works before it answers
   */
  Bells(Path jar, Duration work) {
    receiver = new Receiver(work);
    cluster = new Cluster(jar);
    follower = new EventFollower(() -> cluster.anyRunning().client());
    chimes = Chimes.register(cluster.leader().client(), receiver, JOBS);
    settled = Instant.now();
    settle(settled);
  }

  Cluster cluster() {
    return cluster;
  }

  Receiver receiver() {
    return receiver;
  }

  /**
   * Lets a fault happen, and waits until all replicas are back and everything that was due has
   * come, or much time has passed: what is missing then, the account tells. Where the test itself
   * stood still meanwhile, that time does not count.
   */
  Trial suffer(Fault fault, Duration observation) {
    for (int voided = 0; voided < MOST_VOID; voided++) {
      long before = standstills.count();
      Trial trial = strike(fault, observation);
      if (standstills.count() == before) {
        return trial;
      }
      System.out.println("void, since the test itself stood still meanwhile: " + trial);
    }
    throw new TestAbortedException("the machine stands still again and again: nothing is told");
  }

  private Trial strike(Fault fault, Duration observation) {
    Instant from = settled;
    if (!fault.undone().isZero()) {
      follower.expectGap();
    }
    Strike strike = fault.strike(cluster, new Observation(observation, this::rings));
    cluster.heal();
    // Once more, so that all of the catching up lies within the trial.
    settle(settle(strike.lifted()));
    return new Trial(fault, from, settled, strike);
  }

  private boolean rings(Instant dueAfter) {
    return receiver.deliveriesSince(dueAfter).stream()
        .anyMatch(delivery -> delivery.scheduledAt().isAfter(dueAfter));
  }

  /** What is known so far of a trial's occurrences; the last events may still be on their way. */
  Account account(Trial trial) {
    return new Account(
        trial, chimes.due(trial.from(), trial.to()), receiver.deliveries(), follower.endings());
  }

  /** Waits until the event stream has told of all that was due in a trial, or some time. */
  void awaitEvents(Trial trial) {
    orInVain(() -> account(trial).untold().isEmpty());
  }

  /**
   * Waits until everything has come that was due so far, but the very latest.
   *
   * @param lifted some of what is due after this instant is to be among it
   * @return when it was found to be so
   */
  private Instant settle(Instant lifted) {
    Instant before = settled;
    Instant begin = Instant.now();
    orInVain(
        () -> {
          Instant now = Instant.now();
          settled = now.minus(LATE).minus(Duration.between(begin, now).dividedBy(PART_OF_THE_WAIT));
          return settled.isAfter(lifted) && missing(before, settled).isEmpty();
        });
    return Instant.now();
  }

  private Set<Occurrence> missing(Instant after, Instant until) {
    Set<Occurrence> missing = chimes.due(after, until);
    // Nothing arrives before it is due.
    receiver.deliveriesSince(after).forEach(delivery -> missing.remove(delivery.occurrence()));
    return missing;
  }

  private static void orInVain(Callable<Boolean> condition) {
    try {
      eventually().pollInterval(LOOK_EVERY).until(condition);
    } catch (ConditionTimeoutException notInTime) {
      // What is missing is told by the account.
    }
  }

  @Override
  public void close() {
    standstills.close();
    follower.close();
    cluster.close();
    receiver.close();
  }
}
