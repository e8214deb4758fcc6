package io.carillon.engine;

import io.carillon.engine.JobStore.Put;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.Jobs.Changed;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Pause;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Decides what follows for a job's schedule when the job is created or replaced. */
final class PutPlanner {

  private final InstantSource clock;
  private final RandomGenerator random;

  PutPlanner(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  PlannedPut create(String id, Definition definition, Optional<Pause> pause) {
    Instant now = now();
    Upcoming scheduled = Upcoming.after(now.minusMillis(1), definition, now, random);
    if (scheduled.state() == JobState.COMPLETED) {
      return new PlannedPut.Nothing(new Changed.NeverFires());
    }
    Upcoming upcoming =
        definition.runOnCreate() ? Upcoming.at(now, definition, now, random) : scheduled;
    return new PlannedPut.Write(
        new Put(
            id,
            0,
            Optional.empty(),
            definition,
            pause.isPresent() ? JobState.PAUSED : JobState.ACTIVE,
            pause,
            now,
            now,
            upcoming.nextRunAt(),
            pause.isPresent() ? pause.flatMap(Pause::until) : upcoming.dueAt(),
            Optional.empty()));
  }

  PlannedPut replace(Timed current, Definition wanted) {
    Job job = current.job();
    Instant now = now();
    Definition definition = wanted.to(wanted.target().inPlaceOf(job.definition().target(), now));
    if (definition.equals(job.definition())) {
      return new PlannedPut.Nothing(new Changed.Unchanged(job));
    }
    Replanning plan = new Replanning(job, definition, now, random);
    Upcoming scheduled = plan.upcoming();
    if (scheduled.state() == JobState.COMPLETED && plan.neverFires()) {
      return new PlannedPut.Nothing(new Changed.NeverFires());
    }
    Upcoming upcoming =
        job.exhausts(definition) ? Upcoming.NOTHING : withItsDelay(current, scheduled, plan);
    return new PlannedPut.Write(write(job, definition, now, plan.anchor(), upcoming));
  }

  /** The same job, with what it has to come computed anew. */
  Put reschedule(Job job) {
    Instant now = now();
    Upcoming upcoming = new Replanning(job, job.definition(), now, random).upcoming();
    return write(job, job.definition(), now, job.anchor(), upcoming);
  }

  private static Put write(
      Job job, Definition definition, Instant now, Instant anchor, Upcoming upcoming) {
    // Only its resumption ends a pause: completed instead, the job would run if it got more to do.
    boolean paused = job.state() == JobState.PAUSED;
    return new Put(
        job.id(),
        job.revision(),
        job.pending(),
        definition,
        paused ? JobState.PAUSED : upcoming.state(),
        job.pause(),
        now,
        anchor,
        upcoming.nextRunAt(),
        paused ? job.pause().flatMap(Pause::until) : upcoming.dueAt(),
        Optional.empty());
  }

  /** What is drawn for an occurrence is drawn once: what comes next as before is due as before. */
  private static Upcoming withItsDelay(Timed current, Upcoming upcoming, Replanning plan) {
    Optional<Instant> next = current.job().nextRunAt();
    if (next.isEmpty() || !next.equals(upcoming.nextRunAt())) {
      return upcoming;
    } else if (current.job().definition().jitter().isZero()) {
      return upcoming.dueAt(next.get());
    }
    return current.dueAt().map(due -> plan.keepingDelay(upcoming, due)).orElse(upcoming);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
