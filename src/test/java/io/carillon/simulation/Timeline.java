package io.carillon.simulation;

import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Claim.Kind;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.schedule.OnceSchedule;
import io.carillon.simulation.Violation.Promise;
import java.time.Instant;
import java.util.Optional;

/**
 * What a job has had and has to come, as it follows from what its users wrote and from the claims
 * that got through: each occurrence in its turn, none left out without being counted as missed.
 *
 * @param expected the next occurrence
 * @param last the latest that was claimed
 * @param accepted how many occurrences were accepted
 * @param limitedSince since when its limit is as it is, and there have been no more runs than that
 */
record Timeline(
    String id,
    String incarnation,
    JobState state,
    Definition definition,
    Instant anchor,
    Optional<Instant> expected,
    Optional<Instant> last,
    long accepted,
    Instant limitedSince) {

  static Timeline of(Job created) {
    return new Timeline(
        created.id(),
        created.incarnation(),
        created.state(),
        created.definition(),
        created.anchor(),
        created.nextRunAt(),
        Optional.empty(),
        0,
        Instant.MIN);
  }

  Beats beats() {
    return new Beats(definition, anchor);
  }

  boolean rests() {
    return definition.rest().isPresent();
  }

  /**
   * As somebody wrote it.
   *
   * @param as the state in which it was written; it lacks an occurrence again where a run that
   *     waited was refused by the same change
   * @param now by the store's clock
   */
  Timeline written(JobState as, Job job, Instant now, Complaints complaints) {
    boolean sameLimit = job.definition().concurrency().equals(definition.concurrency());
    Timeline after =
        new Timeline(
            id,
            incarnation,
            job.state(),
            job.definition(),
            job.anchor(),
            job.nextRunAt(),
            last,
            accepted,
            sameLimit ? limitedSince : now);
    boolean remainsActive = as == JobState.ACTIVE && job.state() == JobState.ACTIVE;
    if (remainsActive && after.beats().areKnown()) {
      boolean goesOn =
          state == JobState.ACTIVE
              && definition.samePhase(job.definition())
              && definition.sameWindow(job.definition())
              && expected.isPresent();
      if (goesOn ? !job.nextRunAt().equals(expected) : !after.beginsAt(job.updatedAt())) {
        complaints.broken(
            Promise.NOTHING_LEFT_OUT,
            "%s was written to run next at %s instead of %s"
                .formatted(id, job.nextRunAt(), goesOn ? expected : "as soon as it may"));
      }
    }
    return after;
  }

  /**
   * New times include the very instant at which they are written. Single instants wait for the end
   * of a pause, whenever they were written.
   */
  private boolean beginsAt(Instant written) {
    if (definition.schedule() instanceof OnceSchedule) {
      return expected.equals(beats().after(later(anchor)));
    }
    return expected.equals(beats().after(later(written)))
        || expected.equals(beats().after(later(written.minusMillis(1))));
  }

  private Instant later(Instant instant) {
    return last.filter(instant::isBefore).orElse(instant);
  }

  /**
   * After a claim that got through.
   *
   * @param takenIn whether a run came of it
   */
  Timeline claimed(Claim claim, boolean takenIn, Settings settings, Complaints complaints) {
    if (state != JobState.ACTIVE) {
      complaints.broken(Promise.CHANGES_HOLD, state.word() + ", but claimed: " + claim);
    }
    if (last.filter(latest -> !latest.isBefore(claim.occurrence())).isPresent()) {
      complaints.broken(Promise.RUN_ONCE, "claimed up to " + last.get() + ", but again: " + claim);
    }
    if (beats().areKnown()) {
      checkRow(claim, settings, complaints);
    } else if (!expected.equals(Optional.of(claim.occurrence()))) {
      complaints.broken(Promise.NOTHING_LEFT_OUT, "expected " + expected + ", but " + claim);
    }
    long now = accepted + (takenIn ? 1 : 0);
    if (definition.maxRuns().filter(most -> now > most).isPresent()) {
      complaints.broken(Promise.LIMIT, id + " has had more runs than it may: " + now);
    }
    boolean exhausted = definition.maxRuns().filter(most -> now >= most).isPresent();
    JobState next = exhausted ? JobState.COMPLETED : claim.upcoming().state();
    return new Timeline(
        id,
        incarnation,
        next,
        definition,
        anchor,
        next == JobState.ACTIVE ? claim.upcoming().nextRunAt() : Optional.empty(),
        Optional.of(claim.occurrence()),
        now,
        limitedSince);
  }

  private void checkRow(Claim claim, Settings settings, Complaints complaints) {
    int before = expected.map(from -> beats().count(from, claim.occurrence())).orElse(-1);
    boolean single = definition.schedule() instanceof OnceSchedule;
    boolean wasPaused = settings.pausedAt().isPresent();
    // What fell into a pause of the scheduler is not counted, except single instants.
    boolean counts = !wasPaused;
    long told = claim.missed().map(Missed::count).orElse(0L);
    boolean complete =
        switch (claim.kind()) {
          case FIRE -> before == 0 && told == 0;
          case CATCH_UP -> before == 0 || isPolicy(OnMisfire.FIRE_ONCE) && before > 0;
          case SKIP -> before >= 0 && !isPolicy(OnMisfire.FIRE_ONCE);
          case PASS -> before == 0 && (single ? isPolicy(OnMisfire.SKIP) : wasPaused);
        };
    boolean passesOne = claim.kind() == Kind.SKIP || single && claim.kind() == Kind.PASS;
    boolean toldAll = !counts && !single || told == (passesOne ? before + 1 : before);
    boolean goesOn =
        claim.kind() == Kind.PASS && !single
            || claim.upcoming().nextRunAt().equals(beats().after(claim.occurrence()));
    if (!complete || !toldAll || !goesOn) {
      complaints.broken(
          Promise.NOTHING_LEFT_OUT,
          "expected %s, then %d were missed, but %s".formatted(expected, before, claim));
    }
  }

  /** Single instants do not fold into one. */
  private boolean isPolicy(OnMisfire policy) {
    OnMisfire asked = definition.misfire().policy();
    boolean single = definition.schedule() instanceof OnceSchedule;
    return policy == (single && asked == OnMisfire.FIRE_ONCE ? OnMisfire.FIRE_ALL : asked);
  }

  /** While there still are more runs than it may have by now. */
  Timeline crowded(Instant now) {
    return new Timeline(id, incarnation, state, definition, anchor, expected, last, accepted, now);
  }

  /** After an accepted occurrence turned out not to happen. */
  Timeline withOneLess() {
    return new Timeline(
        id, incarnation, state, definition, anchor, expected, last, accepted - 1, limitedSince);
  }

  /** As it is now that runs of it may have ended: a rest has begun, or it was paused for them. */
  Timeline settled(Job job, Complaints complaints) {
    if (job.state() == state && (rests() || job.nextRunAt().equals(expected))) {
      return expected.equals(job.nextRunAt()) ? this : as(job);
    }
    boolean gaveUp =
        state == JobState.ACTIVE && job.state() == JobState.PAUSED && job.pause().isPresent();
    boolean lackedOne = state == JobState.COMPLETED && job.state() == JobState.ACTIVE;
    if (!gaveUp && !lackedOne) {
      complaints.broken(
          Promise.CONSISTENCY,
          "%s is %s and runs next at %s instead of %s at %s"
              .formatted(id, job.state(), job.nextRunAt(), state, expected));
    }
    return as(job);
  }

  private Timeline as(Job job) {
    return new Timeline(
        id,
        incarnation,
        job.state(),
        definition,
        anchor,
        job.nextRunAt(),
        last,
        accepted,
        limitedSince);
  }
}
