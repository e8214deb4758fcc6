package io.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.twin.Safeguard;
import io.carillon.simulation.Violation.Promise;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The promises hold in every history of the cluster that chance comes up with. {@code
 * -Dcarillon.simulations=1000000} plays more of them; the one that fails is told with all its
 * moves, and played alone with {@code -Dcarillon.simulation=<seed>}.
 */
class ClusterSimulationTest {

  private static final Optional<Long> ALONE =
      Optional.ofNullable(Long.getLong("carillon.simulation"));
  private static final long FIRST = ALONE.orElse(1L);
  private static final long SEEDS =
      ALONE.isPresent() ? 1 : Long.getLong("carillon.simulations", 10_000);

  /** How many histories a control may need; several times what it does. */
  private static final long SEEDS_OF_A_CONTROL = 3_000;

  /** How many histories show that something is harmless. */
  private static final long SEEDS_WITHOUT_HARM = 300;

  /** Changes of leadership, dead replicas and late answers are no news here. */
  private static final Logger LOG = Logger.getLogger("io.carillon.engine");

  @BeforeAll
  static void logNothing() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    LOG.setLevel(null);
  }

  @Test
  void thePromisesHoldInEveryHistory() {
    // When
    Optional<Violation> violation = firstViolation(FIRST, SEEDS, Set.of());

    // Then
    assertThat(violation).isEmpty();
  }

  @Test
  void aSeedIsAlwaysTheSameHistory() {
    for (long seed = 1; seed <= 20; seed++) {
      // When
      List<String> once = Simulation.trace(seed, Set.of());
      List<String> again = Simulation.trace(seed, Set.of());

      // Then
      assertThat(again).isNotEmpty().isEqualTo(once);
    }
  }

  @Test
  void aBrokenPromiseIsToldWithItsSeedAndItsMoves() {
    // Given
    Set<Safeguard> missing = Set.of(Safeguard.COMPARE_AND_SET);

    // When
    Violation violation = firstViolation(1, SEEDS_OF_A_CONTROL, missing).orElseThrow();

    // Then
    assertThat(violation.toString())
        .contains("-Dcarillon.simulation=" + violation.seed(), violation.how())
        .contains(Simulation.trace(violation.seed(), missing));
  }

  /** A claim that got stuck on its way is let through although somebody else leads by now. */
  @Test
  void withoutTheFenceAFormerLeaderGetsAClaimThrough() {
    assertThat(without(Safeguard.FENCE).breaks(Promise.ONLY_THE_LEADER)).isTrue();
  }

  /** The compare-and-set hides it: what a former leader gets through is what was to come anyway. */
  @Test
  void withoutTheFenceAloneNothingElseIsBroken() {
    assertThat(without(Safeguard.FENCE).breaksMoreThan(Promise.ONLY_THE_LEADER)).isFalse();
  }

  @Test
  void withoutTheFenceAndTheCompareAndSetAnOccurrenceRunsTwice() {
    assertThat(without(Safeguard.FENCE, Safeguard.COMPARE_AND_SET).breaks(Promise.RUN_ONCE))
        .isTrue();
  }

  @Test
  void withoutTheCompareAndSetAnOccurrenceRunsTwice() {
    assertThat(without(Safeguard.COMPARE_AND_SET).breaks(Promise.RUN_ONCE)).isTrue();
  }

  @Test
  void withoutTheOwnerCheckAReplicaEndsWhatAnotherHas() {
    assertThat(without(Safeguard.OWNER).breaks(Promise.OWNERS_OUTCOME)).isTrue();
  }

  /** Whoever still works on the run that was ended under it works beside the next one. */
  @Test
  void withoutTheOwnerCheckMoreRunsAreAtWorkThanMayBe() {
    Control control = without(Safeguard.OWNER);
    assertThat(control.breaks(Promise.LIMIT, Promise.OWNERS_OUTCOME)).isTrue();
  }

  @Test
  void withoutTheReaperWhatADeadReplicaHadNeverEnds() {
    assertThat(without(Safeguard.REAPER).breaks(Promise.ENDS_WELL)).isTrue();
  }

  @Test
  void whereAKeyIsGivenBackAfterALostAnswerOneKeyMakesTwoThings() {
    assertThat(without(Safeguard.IDEMPOTENCY_KEY).breaks(Promise.ONE_PER_KEY)).isTrue();
  }

  private static Control without(Safeguard... missing) {
    return new Control(Set.of(missing));
  }

  /** Histories of a store that does not look at something. */
  private record Control(Set<Safeguard> missing) {

    /** Whether a bounded number of them breaks a promise. */
    boolean breaks(Promise promise, Promise... overlooked) {
      return firstBroken(SEEDS_OF_A_CONTROL, Set.of(overlooked)).anyMatch(promise::equals);
    }

    boolean breaksMoreThan(Promise overlooked) {
      return firstBroken(SEEDS_WITHOUT_HARM, Set.of(overlooked)).findAny().isPresent();
    }

    private Stream<Promise> firstBroken(long seeds, Set<Promise> overlooked) {
      return LongStream.rangeClosed(1, seeds)
          .parallel()
          .mapToObj(seed -> Simulation.firstBroken(seed, missing, overlooked))
          .flatMap(Optional::stream);
    }
  }

  private static Optional<Violation> firstViolation(
      long first, long seeds, Set<Safeguard> missing) {
    return LongStream.range(first, first + seeds)
        .parallel()
        .mapToObj(seed -> Simulation.play(seed, missing))
        .flatMap(Optional::stream)
        .findAny();
  }
}
