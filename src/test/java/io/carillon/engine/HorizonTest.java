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

  private static final Instant NOW = SettableClock.START;

  private final Horizon horizon = new Horizon();

  @Test
  void whatIsDueIsTakenSoonestFirstAndNoMoreThanAskedFor() {
    // Given
    horizon.learn(dueAt("third", 3));
    horizon.learn(dueAt("first", 1));
    horizon.learn(dueAt("second", 2));

    // When
    List<Entry> taken = horizon.takeDue(NOW.plusSeconds(3), 2);

    // Then
    assertThat(taken).containsExactly(dueAt("first", 1), dueAt("second", 2));
    assertThat(horizon.next()).contains(NOW.plusSeconds(3));
  }

  @Test
  void nothingIsTakenBeforeItIsDue() {
    // Given
    horizon.learn(dueAt("bells", 1));

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
    horizon.learn(dueAt("bells", 1));
    horizon.learn(dueAt("bells", 1));

    // When
    List<Entry> taken = horizon.takeDue(NOW.plusSeconds(1), 10);

    // Then
    assertThat(taken).containsExactly(dueAt("bells", 1));
    assertThat(horizon.next()).isEmpty();
  }

  @Test
  void aNewerRevisionTakesTheOldOnesPlace() {
    // Given
    horizon.learn(dueAt("bells", 1));
    Entry later = new Entry(jobNamed("bells").revision(2).job(), NOW.plusSeconds(5));
    horizon.learn(later);

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
    horizon.learn(newer);

    // When
    horizon.learn(dueAt("bells", 1));

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(5), 10)).containsExactly(newer);
  }

  @Test
  void anEarlierDueOfTheSameRevisionTeachesNothing() {
    // Given
    horizon.put(dueAt("bells", 10));

    // When
    horizon.learn(dueAt("bells", 1));

    // Then
    assertThat(horizon.next()).contains(NOW.plusSeconds(10));
  }

  @Test
  void aJobCreatedAgainTakesThePlaceOfItsPredecessor() {
    // Given
    horizon.learn(new Entry(jobNamed("bells").revision(9).job(), NOW.plusSeconds(5)));
    Entry again = new Entry(jobNamed("bells").incarnation("again").job(), NOW.plusSeconds(1));

    // When
    horizon.learn(again);

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(5), 10)).containsExactly(again);
  }

  @Test
  void nothingIsLearntOfAJobWhileItIsClaimed() {
    // Given
    horizon.learn(dueAt("bells", 1));
    horizon.takeDue(NOW.plusSeconds(1), 10);

    // When
    horizon.learn(dueAt("bells", 1));

    // Then
    assertThat(horizon.knows("bells", NOW.plusSeconds(1))).isTrue();
    assertThat(horizon.takeDue(NOW.plusSeconds(1), 10)).isEmpty();
  }

  @Test
  void aJobIsLearntAgainOnceItsClaimIsAnswered() {
    // Given
    horizon.learn(dueAt("bells", 1));
    horizon.takeDue(NOW.plusSeconds(1), 10);
    horizon.release("bells");

    // When
    boolean known = horizon.knows("bells", NOW.plusSeconds(1));
    horizon.learn(dueAt("bells", 1));

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
    horizon.learn(dueAt("bells", 1));
    horizon.learn(dueAt("other", 2));

    // When
    horizon.forget("bells");

    // Then
    assertThat(horizon.next()).contains(NOW.plusSeconds(2));
    assertThat(horizon.knows("bells", NOW.plusSeconds(1))).isFalse();
  }

  @Test
  void afterClearingEverythingCanBeLearntAgain() {
    // Given
    IntStream.range(0, 100).forEach(i -> horizon.learn(dueAt("job-" + i, i % 7)));
    horizon.takeDue(NOW.plusSeconds(3), 10);

    // When
    horizon.clear();
    IntStream.range(0, 100).forEach(i -> horizon.learn(dueAt("job-" + i, i % 7)));

    // Then
    assertThat(horizon.takeDue(NOW.plusSeconds(7), 1_000)).hasSize(100);
  }

  private static Entry dueAt(String jobId, long seconds) {
    Instant due = NOW.plusSeconds(seconds);
    return new Entry(jobNamed(jobId).next(due).job(), due);
  }
}
