package io.carillon.job;

import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.Timetable;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered job as it stands.
 *
 * @param revision from 1; moves when the definition or the state changes, not when a run happens
 * @param incarnation which creation of a job with this id; kept when it is replaced
 * @param anchor from where the schedule is counted when it has no {@code startAt}
 * @param pending the occurrence that comes next, without jitter; of a paused job the one that its
 *     pause holds back. Empty when there is none, or when it follows from something else
 * @param lastOccurrence the latest occurrence that was claimed; none is claimed twice
 * @param accepted how many occurrences were accepted, which {@code maxRuns} counts
 * @param caughtUp how many missed occurrences in a row were made good
 * @param pause present exactly when the state is {@code paused}
 * @param resumedAt when its latest pause ended; empty when none has
 * @param lastRun the run that ended last, skipped ones not
 */
public record Job(
    String id,
    long revision,
    String incarnation,
    JobState state,
    Optional<Pause> pause,
    Definition definition,
    Instant createdAt,
    Instant updatedAt,
    Instant anchor,
    Optional<Instant> pending,
    Optional<Instant> lastOccurrence,
    long accepted,
    int caughtUp,
    Counters counters,
    Optional<Instant> resumedAt,
    Optional<Run> lastRun) {

  /**
   * The next occurrence, without jitter; empty when there is none to come while all stays as is.
   */
  public Optional<Instant> nextRunAt() {
    return state == JobState.ACTIVE ? pending : Optional.empty();
  }

  public LastOutcome lastOutcome() {
    return lastRun.map(run -> LastOutcome.valueOf(run.state().name())).orElse(LastOutcome.NONE);
  }

  /**
   * Whether an occurrence is one by itself, not one of a row. No pause makes it none: it waits for
   * the end of the pause.
   */
  public boolean isOneOff(Instant occurrence) {
    return definition.schedule() instanceof OnceSchedule
        || definition.runOnCreate() && occurrence.equals(createdAt);
  }

  public Timetable timetable() {
    return definition.timetable(anchor);
  }

  /** Whether a definition leaves this job no occurrence, because it has had all of them. */
  public boolean exhausts(Definition asked) {
    return asked.maxRuns().filter(most -> accepted >= most).isPresent();
  }

  /** This job after an occurrence was claimed, with the next one to come. */
  public Job advanced(Instant claimed, Instant next, int nowCaughtUp) {
    return new Job(
        id,
        revision,
        incarnation,
        state,
        pause,
        definition,
        createdAt,
        updatedAt,
        anchor,
        Optional.of(next),
        Optional.of(claimed),
        accepted,
        nowCaughtUp,
        counters,
        resumedAt,
        lastRun);
  }
}
