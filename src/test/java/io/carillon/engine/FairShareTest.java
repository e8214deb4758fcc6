package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FairShareTest {

  private final FairShare share = new FairShare();

  @ParameterizedTest
  @CsvSource({"500, 1, 500", "1, 1, 1", "0, 1, 0", "500, 2, 250", "500, 3, 167", "1, 3, 1"})
  void aBatchIsSharedAmongAllThatAreAlive(int runs, int alive, int expected) {
    assertThat(share.of(runs, alive)).isEqualTo(expected);
  }

  /** Each batch is of one run: rounded up alone, all would be the leader's. */
  @Test
  void ofSmallBatchesTheLeaderHasItsPartInTheEnd() {
    // When
    List<Integer> shares = IntStream.range(0, 9).mapToObj(i -> share.of(1, 3)).toList();

    // Then
    assertThat(shares).containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "5, 4", "7, 3", "499, 7"})
  void whateverTheSizeOfTheBatchesTheLeaderIsNeverAheadByOneRun(int runs, int alive) {
    int had = 0;
    for (int batches = 1; batches <= 50; batches++) {
      // When
      int share = this.share.of(runs, alive);

      // Then
      had += share;
      assertThat(share).isBetween(0, runs);
      assertThat(had * alive - batches * runs).isBetween(0, alive - 1);
    }
  }

  @Test
  void nothingIsItsOwnWhileItIsNotKnownWhoIsAlive() {
    assertThat(share.of(500, 0)).isZero();
  }

  @Test
  void whatWasTooMuchAmongOthersIsForgottenWhenTheyAreGone() {
    // Given
    share.of(1, 3);

    // When
    int alone = share.of(1, 1);

    // Then
    assertThat(alone).isEqualTo(1);
  }
}
