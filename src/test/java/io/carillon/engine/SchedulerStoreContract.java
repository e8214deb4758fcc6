package io.carillon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.engine.twin.Ports;
import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.ConcurrencyPolicy.OnLimit;
import io.carillon.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of the scheduler's settings and replicas keeps to. */
public abstract class SchedulerStoreContract {

  private static final Change PAUSE = new Change(Optional.of(true), Optional.empty());
  private static final Change RESUME = new Change(Optional.of(false), Optional.empty());
  private static final ConcurrencyPolicy TWO = new ConcurrencyPolicy(2, OnLimit.QUEUE, 10);

  private SchedulerStore store;
  private LedgerSteps steps;

  protected abstract Ports ports();

  @BeforeEach
  void begin() {
    store = ports().scheduler();
    steps = new LedgerSteps(ports());
  }

  @Test
  void nothingIsSetAtFirst() {
    assertThat(store.settings())
        .isEqualTo(new Settings(false, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void aPauseBeginsWhenItIsSaid() {
    // When
    Settings settings = store.change(PAUSE);

    // Then
    assertThat(settings.paused()).isTrue();
    assertThat(settings.pausedAt()).contains(steps.now());
    assertThat(settings).isEqualTo(store.settings());
    assertThat(steps.eventTypes()).containsExactly("scheduler.paused");
  }

  @Test
  void aPauseSaidTwiceBeganTheFirstTime() {
    // Given
    Instant began = steps.now();
    store.change(PAUSE);
    ports().pass(Duration.ofSeconds(10));

    // When
    Settings settings = store.change(PAUSE);

    // Then
    assertThat(settings.pausedAt()).contains(began);
    assertThat(steps.eventTypes()).containsExactly("scheduler.paused");
  }

  @Test
  void anEndedPauseIsRemembered() {
    // Given
    Instant began = steps.now();
    store.change(PAUSE);
    ports().pass(Duration.ofSeconds(10));

    // When
    Settings settings = store.change(RESUME);

    // Then
    assertThat(settings.paused()).isFalse();
    assertThat(settings.pauses(began)).isTrue();
    assertThat(settings.pauses(began.plusSeconds(10).minusMillis(1))).isTrue();
    assertThat(settings.pauses(began.minusMillis(1))).isFalse();
    assertThat(settings.pauses(began.plusSeconds(10))).isFalse();
    assertThat(steps.eventTypes()).containsExactly("scheduler.paused", "scheduler.resumed");
  }

  @Test
  void resumingWhatRunsChangesNothing() {
    // When
    Settings settings = store.change(RESUME);

    // Then
    assertThat(settings.resumedAt()).isEmpty();
    assertThat(steps.events()).isEmpty();
  }

  @Test
  void aLimitIsKeptUntilItIsTakenAway() {
    // Given
    store.change(new Change(Optional.empty(), Optional.of(Optional.of(TWO))));
    Settings limited = store.change(PAUSE);

    // When
    Settings unlimited = store.change(new Change(Optional.empty(), Optional.of(Optional.empty())));

    // Then
    assertThat(limited.concurrency()).contains(TWO);
    assertThat(unlimited.concurrency()).isEmpty();
    assertThat(unlimited.paused()).isTrue();
    assertThat(steps.eventTypes())
        .containsExactly("scheduler.limited", "scheduler.paused", "scheduler.limited");
  }

  @Test
  void theSameLimitAgainIsNoNews() {
    // Given
    Change limit = new Change(Optional.empty(), Optional.of(Optional.of(TWO)));
    store.change(limit);

    // When
    store.change(limit);

    // Then
    assertThat(steps.eventTypes()).containsExactly("scheduler.limited");
  }

  @Test
  void aReplicaIsSeenWhileItSaysSo() {
    // Given
    Replica replica = new Replica("a", "1.0", steps.now());
    store.alive(replica);
    ports().pass(Duration.ofSeconds(4));

    // When
    store.alive(replica);

    // Then
    ports().pass(Duration.ofSeconds(4));
    assertThat(store.replicas()).containsExactly(replica);
  }

  @Test
  void aReplicaThatFellSilentIsSeenNoMore() {
    // Given
    store.alive(new Replica("a", "1.0", steps.now()));
    Replica alive = new Replica("b", "1.0", steps.now());
    ports().pass(Duration.ofSeconds(4));
    store.alive(alive);

    // When
    ports().pass(Duration.ofSeconds(1));

    // Then
    assertThat(store.replicas()).containsExactly(alive);
  }

  @Test
  void aReplicaThatSaidGoodbyeIsSeenNoMore() {
    // Given
    Replica leaving = new Replica("a", "1.0", steps.now());
    store.alive(leaving);

    // When
    store.gone(leaving);

    // Then
    assertThat(store.replicas()).isEmpty();
  }

  @Test
  void jobsAreCountedByState() {
    // Given
    steps.dueJob("one");
    steps.dueJob("two");
    ports().jobs().setState(steps.pause(steps.find("two"), Optional.empty()));

    // When
    Map<JobState, Long> counts = store.jobCounts();

    // Then
    assertThat(counts)
        .containsEntry(JobState.ACTIVE, 1L)
        .containsEntry(JobState.PAUSED, 1L)
        .containsEntry(JobState.COMPLETED, 0L);
  }

  @Test
  void clocksThatAgreeAreNotOff() {
    // Given
    ports().pass(Duration.ofHours(1));

    // When
    Duration offset = store.clockOffset();

    // Then
    assertThat(offset).isZero();
  }
}
