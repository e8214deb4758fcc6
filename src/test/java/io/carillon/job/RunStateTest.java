package io.carillon.job;

import static io.carillon.job.RunState.AWAITING_COMPLETION;
import static io.carillon.job.RunState.CANCELLED;
import static io.carillon.job.RunState.FAILED;
import static io.carillon.job.RunState.QUEUED;
import static io.carillon.job.RunState.READY;
import static io.carillon.job.RunState.RETRYING;
import static io.carillon.job.RunState.RUNNING;
import static io.carillon.job.RunState.SKIPPED;
import static io.carillon.job.RunState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTest {

  /** All transitions there are; whatever is not here is not legal. */
  private static final Map<RunState, Set<RunState>> LEGAL =
      Map.of(
          QUEUED, Set.of(READY, SKIPPED, CANCELLED),
          READY, Set.of(RUNNING, CANCELLED),
          RUNNING,
              Set.of(READY, RETRYING, AWAITING_COMPLETION, SUCCEEDED, FAILED, CANCELLED, SKIPPED),
          RETRYING, Set.of(RUNNING, CANCELLED),
          AWAITING_COMPLETION, Set.of(SUCCEEDED, FAILED, CANCELLED),
          SUCCEEDED, Set.of(READY, QUEUED),
          FAILED, Set.of(READY, QUEUED),
          CANCELLED, Set.of(READY, QUEUED),
          SKIPPED, Set.of());

  @ParameterizedTest
  @EnumSource
  void noOtherTransitionIsLegal(RunState state) {
    assertThat(state.successors()).isEqualTo(LEGAL.get(state));
  }

  @Test
  void whatHasEndedHasEndedUnlessItIsRedelivered() {
    assertThat(EnumSet.allOf(RunState.class))
        .filteredOn(RunState::ended)
        .containsExactly(SUCCEEDED, FAILED, CANCELLED, SKIPPED)
        .allSatisfy(ended -> assertThat(ended.successors()).isSubsetOf(READY, QUEUED));
  }

  @ParameterizedTest
  @EnumSource
  void everyActiveRunCanBeCancelled(RunState state) {
    assertThat(state.ended() || state.successors().contains(CANCELLED)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void everyStateCanBeReached(RunState state) {
    assertThat(EnumSet.allOf(RunState.class))
        .anySatisfy(before -> assertThat(before.successors()).contains(state));
  }
}
