package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.schedule.OnceSchedule;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What the leader claims for a job that is due: which occurrence, as what, and what the job is
 * advanced to. An occurrence later than the misfire threshold was missed; then the policy decides.
 * However many were missed, one decision computes a {@code previous} or two and one {@code next}.
 */
final class Decision {

  private final Entry entry;
  private final Job job;
  private final Definition definition;
  private final RandomGenerator random;

  private Decision(Entry entry, RandomGenerator random) {
    this.entry = entry;
    this.job = entry.job();
    this.definition = job.definition();
    this.random = random;
  }

  static Claim of(Entry entry, Instant now, Settings settings, RandomGenerator random) {
    return new Decision(entry, random).claim(now, settings);
  }

  private Claim claim(Instant now, Settings settings) {
    Instant occurrence = job.nextRunAt().orElseThrow();
    if (settings.pauses(occurrence)) {
      Instant resumed = settings.resumedAt().orElse(now);
      return claim(occurrence, Claim.Kind.PASS, resumed.minusMillis(1));
    }
    MisfirePolicy misfire = definition.misfire();
    Instant missedBefore = now.minus(misfire.threshold());
    if (!entry.due().isBefore(missedBefore)) {
      return claim(occurrence, Claim.Kind.FIRE, occurrence);
    }
    if (misfire.policy() == OnMisfire.SKIP) {
      return claim(occurrence, Claim.Kind.PASS, missedBefore.minusMillis(1));
    }
    if (misfire.policy() == OnMisfire.FIRE_ALL || definition.schedule() instanceof OnceSchedule) {
      return claim(occurrence, Claim.Kind.CATCH_UP, occurrence);
    }
    Instant latest = latestMissed(occurrence, missedBefore, settings);
    return claim(latest, Claim.Kind.CATCH_UP, latest);
  }

  /** An occurrence within the scheduler's pause is none, so the latest may be the one before it. */
  private Instant latestMissed(Instant occurrence, Instant missedBefore, Settings settings) {
    Instant latest = latest(occurrence, missedBefore);
    return settings.pauses(latest) ? latest(occurrence, settings.pausedAt().orElseThrow()) : latest;
  }

  private Instant latest(Instant occurrence, Instant before) {
    return job.timetable()
        .previous(before)
        .filter(previous -> previous.isAfter(occurrence))
        .orElse(occurrence);
  }

  /**
   * @param after the next occurrence lies after this instant and after {@code occurrence}
   */
  private Claim claim(Instant occurrence, Claim.Kind kind, Instant after) {
    Instant from = after.isBefore(occurrence) ? occurrence : after;
    return new Claim(job.id(), job.revision(), entry.due(), occurrence, kind, upcoming(kind, from));
  }

  /** What is passed over leaves no run behind, so nothing can follow from the end of one. */
  private Upcoming upcoming(Claim.Kind kind, Instant from) {
    return kind == Claim.Kind.PASS
        ? Upcoming.after(from, definition, job.anchor(), random)
        : Upcoming.onClaim(from, definition, job.anchor(), random);
  }
}
