package io.carillon.engine;

import static io.carillon.engine.JobBuilder.jobNamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.twin.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HorizonTest {

  /** Read before anything was known. */
  private static final long BEFORE_ALL = 0;

  private static final Instant NOW = SettableClock.START;

  private final Horizon horizon = new Horizon();

  @Test
  void whatIsDueIsTakenSoonestFirstAndNoMoreThanAskedFor() {
    // Given
    horizon.learn(dueAt("third", 3), BEFORE_ALL);
    horizon.learn(dueAt("first", 1), BEFORE_ALL);
    horizon.learn(dueAt("second", 2), BEFORE_ALL);

    // When
    List<Entry> taken = horizon.takeDue(NOW.plusSeconds(3), 2);

    // Then
    assertThat(taken).containsExactly(dueAt("first", 1), dueAt("second", 2));
    assertThat(horizon.next()).contains(NOW.plusSeconds(3));
  }

  @Test
  void nothingIsTakenBeforeItIsDue() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // When
    List<Entry> early = horizon.takeDue(NOW.plusSeconds(1).minusNanos(1), 10);

    // Then
    assertThat(early).isEmpty();
    assertThat(horizon.takeDue(NOW.plusSeconds(1), 10)).hasSize(1);
  }

  /** A hint and a look may tell the same; hints may come twice. */
  @Test
  void whatIsLearntTwiceIsStillTakenOnce() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // When
    List<Entry> taken = horizon.takeDue(NOW.plusSeconds(1), 10);

    // Then
    assertThat(taken).containsExactly(dueAt("bells", 1));
    assertThat(horizon.next()).isEmpty();
  }

  @Test
  void aNewerRevisionTakesTheOldOnesPlace() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);
    Entry later = new Entry(jobNamed("bells").revision(2).job(), NOW.plusSeconds(5));
    horizon.learn(later, BEFORE_ALL);

    // When
    List<Entry> tooSoon = horizon.takeDue(NOW.plusSeconds(1), 10);

    // Then
    assertThat(tooSoon).isEmpty();
    assertThat(horizon.takeDue(NOW.plusSeconds(5), 10)).containsExactly(later);
  }

  @Test
  void anOlderRevisionReadLateTeachesNothing() {
    // Given
    Entry newer = new Entry(jobNamed("bells").revision(2).job(), NOW.plusSeconds(5));
    horizon.learn(newer, BEFORE_ALL);

    // When
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(5), 10)).containsExactly(newer);
  }

  @Test
  void whatTheStoreHasForgottenIsForgotten() {
    // Given
    horizon.learn(
        new Entry(jobNamed("bells").revision(2).job(), NOW.plusSeconds(3_600)), BEFORE_ALL);
    long asOf = horizon.changes();

    // When
    horizon.learn(dueAt("bells", 1), asOf);

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(3_600), 10)).containsExactly(dueAt("bells", 1));
  }

  @Test
  void anEarlierDueOfTheSameRevisionTeachesNothing() {
    // Given
    horizon.put(dueAt("bells", 10));

    // When
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // Then
    assertThat(horizon.next()).contains(NOW.plusSeconds(10));
  }

  @Test
  void aJobCreatedAgainTakesThePlaceOfItsPredecessor() {
    // Given
    horizon.learn(new Entry(jobNamed("bells").revision(9).job(), NOW.plusSeconds(5)), BEFORE_ALL);
    Entry again = new Entry(jobNamed("bells").incarnation("again").job(), NOW.plusSeconds(1));

    // When
    horizon.learn(again, BEFORE_ALL);

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(5), 10)).containsExactly(again);
  }

  @Test
  void nothingIsLearntOfAJobWhileItIsClaimed() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);
    horizon.takeDue(NOW.plusSeconds(1), 10);

    // When
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // Then
    assertThat(horizon.knows("bells", NOW.plusSeconds(1))).isTrue();
    assertThat(horizon.takeDue(NOW.plusSeconds(1), 10)).isEmpty();
  }

  @Test
  void aJobIsLearntAgainOnceItsClaimIsAnswered() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);
    horizon.takeDue(NOW.plusSeconds(1), 10);
    horizon.release("bells");

    // When
    boolean known = horizon.knows("bells", NOW.plusSeconds(1));
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);

    // Then
    assertThat(known).isFalse();
    assertThat(horizon.takeDue(NOW.plusSeconds(1), 10)).hasSize(1);
  }

  @Test
  void aPostponedEntryIsStillKnownUnderItsDueButWaits() {
    // Given
    Entry entry = dueAt("bells", 1);
    horizon.put(entry.postponedTo(NOW.plusSeconds(7)));

    // When
    List<Entry> early = horizon.takeDue(NOW.plusSeconds(6), 10);

    // Then
    assertThat(early).isEmpty();
    assertThat(horizon.knows("bells", NOW.plusSeconds(1))).isTrue();
    assertThat(horizon.next()).contains(NOW.plusSeconds(7));
  }

  @Test
  void aForgottenJobIsNotTaken() {
    // Given
    horizon.learn(dueAt("bells", 1), BEFORE_ALL);
    horizon.learn(dueAt("other", 2), BEFORE_ALL);

    // When
    horizon.forget("bells");

    // Then
    assertThat(horizon.next()).contains(NOW.plusSeconds(2));
    assertThat(horizon.knows("bells", NOW.plusSeconds(1))).isFalse();
  }

  @Test
  void afterClearingEverythingCanBeLearntAgain() {
    // Given
    IntStream.range(0, 100).forEach(i -> horizon.learn(dueAt("job-" + i, i % 7), BEFORE_ALL));
    horizon.takeDue(NOW.plusSeconds(3), 10);

    // When
    horizon.clear();
    IntStream.range(0, 100).forEach(i -> horizon.learn(dueAt("job-" + i, i % 7), BEFORE_ALL));

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(7), 1_000)).hasSize(100);
  }

  private static Entry dueAt(String jobId, long seconds) {
    Instant due = NOW.plusSeconds(seconds);
    return new Entry(jobNamed(jobId).next(due).job(), due);
  }
}
