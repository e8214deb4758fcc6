package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElectionTest {

  private static final Duration TTL = Duration.ofSeconds(3);
  private static final Duration TRUST = Duration.ofSeconds(2);
  private static final Duration A_MOMENT = Duration.ofMillis(1);

  /** Twenty thousand changes of leadership are no news. */
  private static final Logger LOG = Logger.getLogger(Election.class.getName());

  private final SettableClock clock = new SettableClock();
  private final Lease store = new InMemoryLedger(clock).lease();
  private final UnsteadyLease lease = new UnsteadyLease(store, clock);
  private final RecordedMeters meters = new RecordedMeters();
  private final Election election = election("a", lease, meters);

  @AfterEach
  void logAgain() {
    LOG.setLevel(null);
  }

  @Test
  void aLoneBidderLeads() {
    // When
    election.step();

    // Then
    assertThat(election.leadership()).isEqualTo(store.holder()).isPresent();
    assertThat(meters.told()).containsExactly("elected " + epoch());
  }

  @Test
  void aStandbyDoesNotLead() {
    // Given
    store.acquire("b", TTL);

    // When
    election.step();

    // Then
    assertThat(election.leadership()).isEmpty();
  }

  @Test
  void aStandbyLooksFiveTimesASecondGiveOrTakeAFifth() {
    // Given
    store.acquire("b", TTL);

    for (int look = 0; look < 100; look++) {
      // When
      Duration wait = election.step();

      // Then
      assertThat(wait).isBetween(Duration.ofMillis(160), Duration.ofMillis(240));
    }
  }

  @Test
  void aStandbyTakesOverALapsedLeaseInAGreaterEpoch() {
    // Given
    store.acquire("b", TTL);
    long old = epoch();
    clock.advance(TTL);

    // When
    election.step();

    // Then
    assertThat(election.leadership()).map(Leadership::epoch).get().matches(epoch -> epoch > old);
  }

  @Test
  void aLeaderRenewsAThirdOfTheLeaseAfterItLastBeganTo() {
    // Given
    lease.takes(Duration.ofMillis(100), Duration.ofMillis(200));

    // When
    Duration afterBid = election.step();
    Duration afterRenewal = election.step();

    // Then
    assertThat(afterBid).isEqualTo(Duration.ofMillis(700));
    assertThat(afterRenewal).isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void trustEndsBeforeTheLeaseLapses() {
    // Given
    election.step();

    // When
    clock.advance(TRUST.minus(A_MOMENT));
    boolean before = election.leadership().isPresent();
    clock.advance(A_MOMENT);
    boolean after = election.leadership().isPresent();

    // Then
    assertThat(before).isTrue();
    assertThat(after).isFalse();
    assertThat(store.holder()).isPresent();
  }

  @Test
  void aRenewalExtendsTrust() {
    // Given
    election.step();
    clock.advance(Duration.ofSeconds(1));

    // When
    election.step();

    // Then
    clock.advance(TRUST.minus(A_MOMENT));
    assertThat(election.leadership()).isPresent();
  }

  @Test
  void aSlowSuccessfulBidDoesNotExtendTrust() {
    // Given
    lease.takes(Duration.ZERO, Duration.ofMillis(1_500));

    // When
    election.step();

    // Then
    clock.advance(Duration.ofMillis(499));
    assertThat(election.leadership()).isPresent();
    clock.advance(A_MOMENT);
    assertThat(election.leadership()).isEmpty();
  }

  @Test
  void aSlowSuccessfulRenewalDoesNotExtendTrust() {
    // Given
    election.step();
    clock.advance(Duration.ofSeconds(1));
    lease.takes(Duration.ZERO, Duration.ofMillis(1_500));

    // When
    election.step();

    // Then
    clock.advance(Duration.ofMillis(499));
    assertThat(election.leadership()).isPresent();
    clock.advance(A_MOMENT);
    assertThat(election.leadership()).isEmpty();
  }

  @Test
  void aBidAnsweredAfterItsTrustHasRunOutLeadsNobody() {
    // Given
    lease.takes(Duration.ZERO, TRUST);

    // When
    Duration wait = election.step();

    // Then
    assertThat(election.leadership()).isEmpty();
    assertThat(wait.isNegative()).as("renews at once").isTrue();
  }

  @Test
  void aShortDoubtEndsNoTerm() {
    // Given
    election.step();
    Leadership term = election.leadership().orElseThrow();
    clock.advance(Duration.ofSeconds(1));
    lease.isOutOfReach();
    election.step();

    // When
    lease.recovers();
    election.step();

    // Then
    assertThat(election.leadership()).contains(term);
    assertThat(meters.told()).hasSize(1);
  }

  @Test
  void whoeverCannotRenewStepsDownWhenItsTrustHasRunOut() {
    // Given
    election.step();
    lease.isOutOfReach();
    clock.advance(TRUST);

    // When
    election.step();

    // Then
    assertThat(election.leadership()).isEmpty();
    assertThat(meters.told()).endsWith("resigned");
  }

  @Test
  void aRenewalThatFailedIsSoonTriedAgain() {
    // Given
    election.step();
    lease.isOutOfReach();

    // When
    Duration wait = election.step();

    // Then
    assertThat(wait).isEqualTo(TTL.dividedBy(30));
  }

  @Test
  void aDoubtThatHasGoneIsNoReasonToWaitForTheLeaseToLapse() {
    // Given
    election.step();
    Leadership term = election.leadership().orElseThrow();
    lease.isOutOfReach();
    clock.advance(TRUST);
    election.step();

    // When
    lease.recovers();
    election.step();

    // Then
    assertThat(election.leadership()).contains(term);
  }

  @Test
  void aBidWhoseAnswerWasLostIsTakenUp() {
    // Given
    lease.losesAnswers();
    election.step();
    boolean led = election.leadership().isPresent();
    lease.recovers();

    // When
    election.step();

    // Then
    assertThat(led).isFalse();
    assertThat(election.leadership()).isEqualTo(store.holder()).isPresent();
  }

  @Test
  void aFencedLeaderStepsDownAtOnce() {
    // Given
    election.step();

    // When
    election.fenced(epoch());

    // Then
    assertThat(election.leadership()).isEmpty();
    assertThat(meters.told()).endsWith("fenced", "resigned");
  }

  @Test
  void theFenceOfAnEarlierTermEndsNoLaterOne() {
    // Given
    election.step();
    long earlier = epoch();
    election.fenced(earlier);
    clock.advance(TTL);
    election.step();

    // When
    election.fenced(earlier);

    // Then
    assertThat(election.leadership()).isPresent();
  }

  @Test
  void aReplacedLeaderStepsDownAtItsNextRenewal() {
    // Given
    election.step();
    clock.advance(TTL);
    store.acquire("b", TTL);

    // When
    election.step();

    // Then
    assertThat(election.leadership()).isEmpty();
    assertThat(meters.told()).contains("fenced", "resigned");
    assertThat(store.holder()).map(Leadership::replica).contains("b");
  }

  @Test
  void whoeverEndsGivesItsLeaseToTheOthers() {
    // Given
    election.step();

    // When
    election.close();

    // Then
    assertThat(election.leadership()).isEmpty();
    assertThat(store.holder()).isEmpty();
  }

  @Test
  void aStandbyThatEndsTakesTheLeaseFromNobody() {
    // Given
    store.acquire("b", TTL);
    election.step();

    // When
    election.close();

    // Then
    assertThat(store.holder()).isPresent();
  }

  @Test
  void endingDoesNotFailWhereTheLeaseIsOutOfReach() {
    // Given
    election.step();
    lease.isOutOfReach();

    // When
    election.close();

    // Then
    assertThat(election.leadership()).isEmpty();
  }

  @Test
  void eachChangeOfLeadershipIsTold() {
    // Given
    AtomicInteger changes = new AtomicInteger();
    election.onChange(changes::incrementAndGet);

    // When
    election.step();
    election.step();
    election.fenced(epoch());
    election.fenced(epoch());

    // Then
    assertThat(changes).hasValue(2);
  }

  /**
   * Two who bid and renew in any order, each as slow as chance has it, never both trust themselves.
   */
  @Test
  void noTwoLeadAtATime() {
    // Given
    LOG.setLevel(Level.WARNING);
    Random chance = new Random(42);
    UnsteadyLease other = new UnsteadyLease(store, clock);
    Election second = election("b", other, new RecordedMeters());
    for (int i = 0; i < 20_000; i++) {
      // When
      disturb(lease, chance);
      disturb(other, chance);
      (chance.nextBoolean() ? election : second).step();
      clock.advance(Duration.ofMillis(chance.nextInt(1_500)));

      // Then
      assertThat(election.leadership().isPresent() && second.leadership().isPresent()).isFalse();
    }
  }

  private static void disturb(UnsteadyLease lease, Random chance) {
    lease.recovers();
    lease.takes(Duration.ofMillis(chance.nextInt(100)), Duration.ofMillis(chance.nextInt(2_500)));
    switch (chance.nextInt(8)) {
      case 0 -> lease.isOutOfReach();
      case 1 -> lease.losesAnswers();
      default -> {}
    }
  }

  @Test
  void aLeaseTooShortOrTooLongIsRefused() {
    for (String ttl : new String[] {"PT0.999S", "PT60.001S", "PT0S", "PT-3S"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new Election(
                      "a", lease, Duration.parse(ttl), clock::nanoTime, new Random(1), meters));
    }
  }

  private Election election(String replica, Lease on, Meters to) {
    return new Election(replica, on, TTL, clock::nanoTime, new Random(1), to);
  }

  private long epoch() {
    return store.holder().orElseThrow().epoch();
  }
}
