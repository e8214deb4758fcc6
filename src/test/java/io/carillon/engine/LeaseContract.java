package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Lease.Bid;
import io.carillon.engine.Lease.Leadership;
import io.carillon.engine.twin.Ports;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every lease keeps to. */
public abstract class LeaseContract {

  private static final Duration TTL = Duration.ofMinutes(1);

  private Lease lease;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    lease = ports().lease();
    steps = new LedgerSteps(ports());
  }

  @Test
  void theFirstBidderWinsAndSaysSo() {
    // When
    Leadership won = won("a");

    // Then
    assertThat(won.replica()).isEqualTo("a");
    assertThat(won.since()).isEqualTo(steps.now());
    assertThat(lease.holder()).contains(won);
    assertThat(steps.lastEvent().type()).isEqualTo("leader.elected");
    assertThat(steps.lastEvent().details())
        .containsEntry("replica", "a")
        .containsEntry("epoch", won.epoch());
  }

  @Test
  void aHeldLeaseIsNotGivenAway() {
    // Given
    Leadership held = won("a");

    // When
    Bid bid = lease.acquire("b", TTL);

    // Then
    assertThat(bid).isEqualTo(new Bid.Held(held));
    assertThat(lease.holder()).contains(held);
    assertThat(steps.eventTypes()).containsExactly("leader.elected");
  }

  @Test
  void aLapsedLeaseGoesToTheNextBidderInAGreaterEpoch() {
    // Given
    Leadership old = won("a");
    ports().pass(TTL);

    // When
    Leadership next = won("b");

    // Then
    assertThat(next.epoch()).isGreaterThan(old.epoch());
    assertThat(lease.holder()).contains(next);
  }

  @Test
  void twoTermsWithinOneMillisecondHaveTwoEpochs() {
    // Given
    Leadership first = won("a");
    lease.release(first);

    // When
    Leadership second = won("a");

    // Then
    assertThat(second.since()).isEqualTo(first.since());
    assertThat(second.epoch()).isGreaterThan(first.epoch());
  }

  /** After it has lost its last second a store may not know an epoch that somebody already uses. */
  @Test
  void anEpochIsNoSmallerThanTheTime() {
    assertThat(won("a").epoch()).isEqualTo(steps.now().toEpochMilli());
  }

  @Test
  void aRenewedLeaseIsHeldLonger() {
    // Given
    Leadership won = won("a");
    ports().pass(TTL.minusSeconds(1));

    // When
    boolean renewed = lease.renew(won, TTL);

    // Then
    ports().pass(TTL.minusSeconds(1));
    assertThat(renewed).isTrue();
    assertThat(lease.holder()).contains(won);
  }

  @Test
  void aLeaseThatLapsedWhileNobodyWasElectedIsRenewed() {
    // Given
    Leadership won = won("a");
    ports().pass(TTL.multipliedBy(2));

    // When
    boolean renewed = lease.renew(won, TTL);

    // Then
    assertThat(renewed).isTrue();
    assertThat(lease.holder()).contains(won);
  }

  @Test
  void aReplacedLeaderCannotRenewAndTakesNothingFromItsSuccessor() {
    // Given
    Leadership old = won("a");
    ports().pass(TTL);
    Leadership next = won("b");

    // When
    boolean renewed = lease.renew(old, TTL);

    // Then
    assertThat(renewed).isFalse();
    assertThat(lease.holder()).contains(next);
  }

  @Test
  void aReleasedLeaseIsFreeAtOnceAndSaysSo() {
    // Given
    Leadership won = won("a");

    // When
    lease.release(won);

    // Then
    assertThat(lease.holder()).isEmpty();
    assertThat(steps.eventTypes()).containsExactly("leader.elected", "leader.resigned");
    assertThat(lease.acquire("b", TTL)).isInstanceOf(Bid.Won.class);
  }

  @Test
  void aReplacedLeaderReleasesNothing() {
    // Given
    Leadership old = won("a");
    ports().pass(TTL);
    Leadership next = won("a");

    // When
    lease.release(old);

    // Then
    assertThat(lease.holder()).contains(next);
    assertThat(steps.eventTypes()).doesNotContain("leader.resigned");
  }

  @Test
  void aReplicaWhoseNameBeginsLikeTheLeadersReleasesNothing() {
    // Given
    Leadership held = won("a-1");

    // When
    lease.release(new Leadership("a", held.epoch(), held.since()));

    // Then
    assertThat(lease.holder()).contains(held);
  }

  private Leadership won(String replica) {
    return ((Bid.Won) lease.acquire(replica, TTL)).leadership();
  }

  @Test
  void anElectionTellsForHowLongNobodyLed() {
    // Given
    Bid first = ports().lease().acquire("a", Duration.ofSeconds(5));
    ports().pass(Duration.ofSeconds(7));

    // When
    Bid second = ports().lease().acquire("b", Duration.ofSeconds(5));

    // Then
    assertThat(((Bid.Won) first).gap()).isEmpty();
    assertThat(((Bid.Won) second).gap()).contains(Duration.ofSeconds(7));
  }

  @Test
  void aGapIsNeverNegativeAlthoughTheClockWasSetBack() {
    // Given
    lease.release(won("a"));
    ports().pass(Duration.ofSeconds(-7));

    // When
    Bid bid = lease.acquire("b", TTL);

    // Then
    assertThat(((Bid.Won) bid).gap()).contains(Duration.ZERO);
  }

  @Test
  void aLeaseIsTakenFromItsHolderOnlyAsItWasSeen() {
    // Given
    ports().lease().acquire("a", Duration.ofSeconds(60));
    Lease.Sighting seen = ports().lease().look().orElseThrow();
    Lease.Sighting other =
        new Lease.Sighting(new Leadership("another", 1, java.time.Instant.EPOCH), "another", true);

    // When
    Bid refused = ports().lease().depose("b", Duration.ofSeconds(60), other);
    Bid won = ports().lease().depose("b", Duration.ofSeconds(60), seen);

    // Then
    assertThat(refused).isInstanceOf(Bid.Held.class);
    assertThat(won).isInstanceOf(Bid.Won.class);
    assertThat(ports().lease().holder().orElseThrow().replica()).isEqualTo("b");
  }
}
