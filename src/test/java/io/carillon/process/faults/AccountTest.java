package io.carillon.process.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.job.RunId;
import io.carillon.process.Delivery;
import io.carillon.process.Occurrence;
import io.carillon.process.faults.Promise.Repeats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountTest {

  /** The trial begins here; one job is due each second from the next on, ten times. */
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private static final Duration LATENESS = Duration.ofMillis(20);
  private static final Duration WORK = Duration.ofMillis(50);
  private static final int LAST = 10;

  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Ending> endings = new ArrayList<>();
  private Strike strike = new Strike(at(4.5), at(4.5), Optional.empty());
  private Duration undone = Duration.ZERO;

  @BeforeEach
  void everythingComesOnce() {
    for (int second = 1; second <= LAST; second++) {
      arrives(second, "a", at(second).plus(LATENESS));
      ends(second, at(second).plus(LATENESS).plus(WORK));
    }
  }

  @Test
  void findsNothingWhereEverythingCameOnce() {
    // When
    Account account = account();

    // Then
    assertThat(account.fires()).isEqualTo(LAST);
    assertThat(account.lost()).isEmpty();
    assertThat(account.untold()).isEmpty();
    assertThat(account.unscheduled()).isEmpty();
    assertThat(account.namesPerOccurrence()).isEqualTo(1);
    assertThat(account.doubles()).isZero();
    assertThat(account.doublesBeyondTheFault()).isEmpty();
    assertThat(account.endedTwice()).isEmpty();
  }

  @Test
  void findsWhatNeverArrived() {
    // Given
    deliveries.removeIf(delivery -> delivery.scheduledAt().equals(at(6)));

    // When
    Account account = account();

    // Then
    assertThat(account.lost()).containsExactly(occurrence(6));
  }

  @Test
  void findsWhatTheEventStreamDidNotTell() {
    // Given
    endings.removeIf(ending -> ending.occurrence().equals(occurrence(6)));

    // When
    Account account = account();

    // Then
    assertThat(account.untold()).containsExactly(occurrence(6));
  }

  @Test
  void findsWhatNoScheduleSays() {
    // Given
    arrives(6.5, "a", at(6.6));

    // When
    Account account = account();

    // Then
    assertThat(account.unscheduled()).containsExactly(occurrence(6.5));
  }

  @Test
  void leavesOutWhatBelongsToOtherTrials() {
    // Given
    arrives(0, "a", at(0.1));
    arrives(LAST + 1, "a", at(LAST + 1.1));
    arrives(LAST + 1, "a", at(LAST + 1.2));

    // When
    Account account = account();

    // Then
    assertThat(account.unscheduled()).isEmpty();
    assertThat(account.doubles()).isZero();
  }

  @Test
  void leavesOutOtherJobs() {
    // Given
    deliveries.add(new Delivery("other_a_1", "other", at(3), 1, at(3.1)));

    // When
    Account account = account();

    // Then
    assertThat(account.unscheduled()).isEmpty();
  }

  @Test
  void findsAnOccurrenceThatCameUnderTwoNames() {
    // Given
    arrives(6, "b", at(6.1));

    // When
    Account account = account();

    // Then
    assertThat(account.namesPerOccurrence()).isEqualTo(2);
    assertThat(account.doubles()).isEqualTo(1);
  }

  @Test
  void allowsWhatWasUnderWayToComeAgain() {
    // Given
    strike = new Strike(at(4.05), at(4.05), Optional.empty());
    arrives(4, "a", at(9.3));

    // When
    Account account = account();

    // Then
    assertThat(account.doubles()).isEqualTo(1);
    assertThat(account.doublesBeyondTheFault()).isEmpty();
  }

  @Test
  void findsWhatCameAgainAlthoughItHadEndedBeforeTheFault() {
    // Given
    arrives(4, "a", at(9.3));

    // When
    Account account = account();

    // Then
    assertThat(account.doublesBeyondTheFault()).containsExactly(occurrence(4));
  }

  @Test
  void findsWhatCameTwiceAlthoughTheFaultWasOver() {
    // Given
    arrives(8, "a", at(8.1));

    // When
    Account account = account();

    // Then
    assertThat(account.doublesBeyondTheFault()).containsExactly(occurrence(8));
  }

  @Test
  void findsWhatEndedTwice() {
    // Given
    strike = new Strike(at(4.05), at(4.05), Optional.empty());
    ends(4, at(9.3));

    // When
    Account account = account();

    // Then
    assertThat(account.endedTwice()).containsExactly(occurrence(4));
  }

  @Test
  void allowsWhatRedisHasForgottenToComeAndEndAgain() {
    // Given
    undone = Duration.ofSeconds(1);
    arrives(4, "a", at(6.3));
    ends(4, at(6.35));

    // When
    Account account = account();

    // Then
    assertThat(account.doubles()).isEqualTo(1);
    assertThat(account.doublesBeyondTheFault()).isEmpty();
    assertThat(account.endedTwice()).isEmpty();
  }

  @Test
  void findsWhatEndedTwiceAlthoughRedisCannotHaveForgottenIt() {
    // Given
    undone = Duration.ofSeconds(1);
    ends(2, at(6.3));
    ends(7, at(8.3));

    // When
    Account account = account();

    // Then
    assertThat(account.endedTwice()).containsExactly(occurrence(2), occurrence(7));
  }

  @Test
  void measuresTheGapFromTheStrikeOn() {
    // Given
    strike = new Strike(at(4.5), at(4.5), Optional.empty());
    comesAt(5, at(5.9));

    // When
    Account account = account();

    // Then
    assertThat(account.gap()).isEqualTo(Duration.ofMillis(1_400));
  }

  @Test
  void measuresTheGapByWhatIsNewOnly() {
    // Given
    comesAt(6, at(7.01));
    arrives(4, "a", at(6.2));

    // When
    Account account = account();

    // Then
    assertThat(account.gap()).isEqualTo(Duration.between(at(5).plus(LATENESS), at(7.01)));
  }

  @Test
  void aGapThatLastsUntilTheVictimReturnsIsAsLongAsThat() {
    // Given
    strike = new Strike(at(4.5), at(4.5), Optional.of(at(7.9)));
    for (int second = 5; second <= LAST; second++) {
      comesAt(second, at(8).plusMillis(second));
    }

    // When
    Account account = account();

    // Then
    assertThat(account.gap()).isEqualTo(Duration.ofMillis(3_400));
  }

  @Test
  void recoveryIsOverWhenTheLastOfWhatWaitedHasCome() {
    // Given
    strike = new Strike(at(4.5), at(7.5), Optional.empty());
    comesAt(5, at(7.9));
    comesAt(6, at(8.2));
    comesAt(7, at(7.8));
    comesAt(8, at(9.9));

    // When
    Account account = account();

    // Then
    assertThat(account.recovery()).isEqualTo(Duration.ofMillis(700));
  }

  private Account account() {
    Set<Occurrence> due = new TreeSet<>();
    for (int second = 1; second <= LAST; second++) {
      due.add(occurrence(second));
    }
    return new Account(
        new Trial(new Some(undone), BEGIN, at(LAST), strike), due, deliveries, endings);
  }

  private void arrives(double scheduled, String incarnation, Instant arrived) {
    RunId id = RunId.ofOccurrence("job", incarnation, at(scheduled));
    deliveries.add(new Delivery(id.toString(), "job", at(scheduled), 1, arrived));
  }

  /** Once, and then. */
  private void comesAt(int second, Instant arrived) {
    deliveries.removeIf(delivery -> delivery.scheduledAt().equals(at(second)));
    arrives(second, "a", arrived);
  }

  private void ends(int second, Instant ended) {
    endings.add(new Ending(RunId.ofOccurrence("job", "a", at(second)), ended));
  }

  private static Occurrence occurrence(double second) {
    return new Occurrence("job", at(second));
  }

  private static Instant at(double second) {
    return BEGIN.plusMillis(Math.round(second * 1000));
  }

  /** A fault of which only that matters here. */
  private record Some(Duration undone) implements Fault {
    @Override
    public String what() {
      return "something";
    }

    @Override
    public String victim() {
      return "somebody";
    }

    @Override
    public Promise promise() {
      return new Promise(Duration.ZERO, Duration.ZERO, Repeats.WHAT_WAS_UNDER_WAY);
    }

    @Override
    public Strike strike(Cluster cluster, Observation observation) {
      throw new UnsupportedOperationException("it has struck already");
    }
  }
}
