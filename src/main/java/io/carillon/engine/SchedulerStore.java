package io.carillon.engine;

import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What concerns the scheduler as a whole: its settings and its replicas. All calls block. */
public interface SchedulerStore {

  Settings settings();

  /** Changes the settings for the whole cluster; what is absent in {@code change} stays. */
  Settings change(Change change);

  /** Says that a replica is alive; to be said each second. */
  void alive(Replica replica);

  /** Says that a replica is about to end. */
  void gone(Replica replica);

  /** The replicas that have lately been alive. */
  List<Replica> replicas();

  Map<JobState, Long> jobCounts();

  /**
   * Whether the store is at its memory limit. Then it takes nothing new: no job, no change of a
   * definition, no claim. What has been accepted goes on, and deletions make room.
   */
  boolean isFull();

  /**
   * What is wrong with the store: settings under which it may lose acknowledged writes, and that it
   * is full; empty when nothing is.
   */
  List<String> warnings();

  /** How far the store's clock is ahead of the caller's; negative when it is behind. */
  Duration clockOffset();

  /**
   * The settings that callers may change.
   *
   * @param paused whether no occurrence happens at all
   * @param pausedAt the beginning of the present or latest pause
   * @param resumedAt the end of the latest pause
   * @param concurrency the limit over all jobs; empty for none
   */
  record Settings(
      boolean paused,
      Optional<Instant> pausedAt,
      Optional<Instant> resumedAt,
      Optional<ConcurrencyPolicy> concurrency) {

    /** Whether an occurrence at this instant falls into the present or the latest pause. */
    public boolean pauses(Instant occurrence) {
      return pausedAt.filter(from -> !occurrence.isBefore(from)).isPresent()
          && (paused || resumedAt.filter(occurrence::isBefore).isPresent());
    }
  }

  /**
   * A change of settings.
   *
   * @param concurrency absent: stays; present and empty: no limit any more
   */
  record Change(Optional<Boolean> paused, Optional<Optional<ConcurrencyPolicy>> concurrency) {}

  /**
   * One process of the service.
   *
   * @param id new at each start
   */
  record Replica(String id, String version, Instant since) {}
}
