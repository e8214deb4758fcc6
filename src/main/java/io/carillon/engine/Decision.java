package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.Missed;
import io.carillon.engine.SchedulerStore.Settings;
import io.carillon.job.Definition;
import io.carillon.job.Job;
import io.carillon.job.MisfirePolicy.OnMisfire;
import io.carillon.schedule.OnceSchedule;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the leader claims for a job that is due: which occurrence, as what, and what the job is
 * advanced to. An occurrence later than the misfire threshold was missed; then the policy decides.
 * However many were missed, one decision computes a {@code previous} or two and one {@code next}.
 */
final class Decision {

  private final Entry entry;
  private final Settings settings;
  private final Job job;
  private final Definition definition;
  private final RandomGenerator random;

  private Decision(Entry entry, Settings settings, RandomGenerator random) {
    this.entry = entry;
    this.settings = settings;
    this.job = entry.job();
    this.definition = job.definition();
    this.random = random;
  }

  static Claim of(Entry entry, Instant now, Settings settings, RandomGenerator random) {
    return new Decision(entry, settings, random).claim(now);
  }

  private Claim claim(Instant now) {
    Instant occurrence = job.nextRunAt().orElseThrow();
    boolean oneOff = job.isOneOff(occurrence);
    if (settings.pauses(occurrence) && !oneOff) {
      return claim(occurrence, Claim.Kind.PASS, beforeEndOfPause(now));
    }
    Instant missedBefore = now.minus(definition.misfire().threshold());
    boolean missed = entry.due().isBefore(missedBefore);
    if (oneOff && fellIntoPause(occurrence)) {
      return heldBack(occurrence, missed, now);
    }
    return missed
        ? missed(occurrence, missedBefore)
        : claim(occurrence, Claim.Kind.FIRE, occurrence);
  }

  private Instant beforeEndOfPause(Instant now) {
    return settings.resumedAt().orElse(now).minusMillis(1);
  }

  /** Of the scheduler, or of the job: what is left from before its resumption, it held back. */
  private boolean fellIntoPause(Instant occurrence) {
    return settings.pauses(occurrence)
        || job.resumedAt().filter(resumed -> !resumed.isBefore(occurrence)).isPresent();
  }

  /** A one-off that waited for the end of a pause. What passed meanwhile of a row is none. */
  private Claim heldBack(Instant occurrence, boolean missed, Instant now) {
    Instant after = isSingle() ? occurrence : endOfPauses(occurrence, now);
    if (!missed) {
      return claim(occurrence, Claim.Kind.FIRE, after);
    }
    return definition.misfire().policy() == OnMisfire.SKIP
        ? claim(occurrence, Claim.Kind.PASS, after, Optional.of(new Missed(occurrence, 1)))
        : claim(occurrence, Claim.Kind.CATCH_UP, after);
  }

  private Instant endOfPauses(Instant occurrence, Instant now) {
    Instant own = job.resumedAt().map(resumed -> resumed.minusMillis(1)).orElse(occurrence);
    Instant over = settings.pauses(occurrence) ? beforeEndOfPause(now) : occurrence;
    return own.isAfter(over) ? own : over;
  }

  private Claim missed(Instant occurrence, Instant missedBefore) {
    return switch (definition.misfire().policy()) {
      case FIRE_ALL -> {
        if (isSingle() || job.caughtUp() < definition.misfire().maxCatchUp()) {
          yield claim(occurrence, Claim.Kind.CATCH_UP, occurrence);
        }
        yield skip(occurrence, missedBefore);
      }
      // Single instants do not fold into one: each that was missed fires.
      case FIRE_ONCE ->
          isSingle()
              ? claim(occurrence, Claim.Kind.CATCH_UP, occurrence)
              : fireLatest(occurrence, missedBefore);
      case SKIP -> skip(occurrence, missedBefore);
    };
  }

  private boolean isSingle() {
    return definition.schedule() instanceof OnceSchedule;
  }

  private Claim fireLatest(Instant occurrence, Instant missedBefore) {
    Instant latest = latestMissed(occurrence, missedBefore);
    Optional<Missed> folded =
        latest.equals(occurrence)
            ? Optional.empty()
            : Optional.of(missedUntil(occurrence, latestMissed(occurrence, latest)));
    return claim(latest, Claim.Kind.CATCH_UP, latest, folded);
  }

  private Claim skip(Instant occurrence, Instant missedBefore) {
    Instant latest = latestMissed(occurrence, missedBefore);
    return claim(latest, Claim.Kind.SKIP, latest, Optional.of(missedUntil(occurrence, latest)));
  }

  /** An occurrence within the scheduler's pause is none, so the latest may be the one before it. */
  private Instant latestMissed(Instant occurrence, Instant before) {
    Instant latest = latest(occurrence, before);
    return settings.pauses(latest) ? latest(occurrence, settings.pausedAt().orElseThrow()) : latest;
  }

  private Instant latest(Instant occurrence, Instant before) {
    return job.timetable()
        .previous(before)
        .filter(previous -> previous.isAfter(occurrence))
        .orElse(occurrence);
  }

  private Missed missedUntil(Instant occurrence, Instant latest) {
    return new Missed(latest, 1 + job.timetable().count(occurrence, latest));
  }

  private Claim claim(Instant occurrence, Claim.Kind kind, Instant after) {
    return claim(occurrence, kind, after, Optional.empty());
  }

  /**
   * @param after the next occurrence lies after this instant and after {@code occurrence}
   */
  private Claim claim(Instant occurrence, Claim.Kind kind, Instant after, Optional<Missed> missed) {
    Instant from = after.isBefore(occurrence) ? occurrence : after;
    return new Claim(
        job.id(), job.revision(), entry.due(), occurrence, kind, upcoming(kind, from), missed);
  }

  /** What is passed over leaves no run behind, so nothing can follow from the end of one. */
  private Upcoming upcoming(Claim.Kind kind, Instant from) {
    return kind == Claim.Kind.PASS || kind == Claim.Kind.SKIP
        ? Upcoming.after(from, definition, job.anchor(), random)
        : Upcoming.onClaim(from, definition, job.anchor(), random);
  }
}
