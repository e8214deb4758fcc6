package io.carillon.engine.twin;

import io.carillon.job.Attempt;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An active run: accepted and not ended. */
final class RunEntry {

  final RunId id;
  final Trigger trigger;
  final Instant scheduledAt;
  final long revision;
  final Optional<String> payload;

  RunState state = RunState.READY;
  Place place = Place.SLOT;

  /** Its turn among those that have or want the same. */
  long order;

  /** When, in the same order, it got the slot of the scheduler that it has. */
  long gotSlot;

  int attempt;
  int crashes;
  Optional<Instant> startedAt = Optional.empty();
  Optional<Instant> takenAt = Optional.empty();
  final List<Attempt> attempts = new ArrayList<>();

  /** From when on it may be taken; empty while it may not. */
  Optional<Instant> notBefore = Optional.empty();

  /** By when its receiver has to report; empty while nobody waits for that. */
  Optional<Instant> reportBy = Optional.empty();

  /** With which its receiver reports. */
  Optional<String> reportToken = Optional.empty();

  /** Who has it. */
  Optional<Delivery> delivery = Optional.empty();

  /** What an accepted run has, or waits for. */
  enum Place {
    /** A slot of its job and one of the scheduler. */
    SLOT,
    /** It has a slot of its job, and waits for one of the scheduler. */
    SCHEDULER,
    /** It waits for a slot of its job, or behind another run of its job. */
    JOB
  }

  /** A replica's right to deliver a run, under the token it took it with. */
  record Delivery(String replica, String token, Instant deadline) {
    boolean isOf(String asking, String under) {
      return replica.equals(asking) && token.equals(under);
    }
  }

  RunEntry(
      RunId id, Trigger trigger, Instant scheduledAt, long revision, Optional<String> payload) {
    this.id = id;
    this.trigger = trigger;
    this.scheduledAt = scheduledAt;
    this.revision = revision;
    this.payload = payload;
  }

  RunEntry copy() {
    RunEntry copy = new RunEntry(id, trigger, scheduledAt, revision, payload);
    copy.state = state;
    copy.place = place;
    copy.order = order;
    copy.gotSlot = gotSlot;
    copy.attempt = attempt;
    copy.crashes = crashes;
    copy.startedAt = startedAt;
    copy.takenAt = takenAt;
    copy.attempts.addAll(attempts);
    copy.notBefore = notBefore;
    copy.reportBy = reportBy;
    copy.reportToken = reportToken;
    copy.delivery = delivery;
    return copy;
  }

  void take(Delivery by, Instant now) {
    state = RunState.RUNNING;
    attempt++;
    takenAt = Optional.of(now);
    startedAt = startedAt.or(() -> takenAt);
    notBefore = Optional.empty();
    delivery = Optional.of(by);
  }

  void offer(RunState as, Instant from) {
    release(as);
    notBefore = Optional.of(from);
  }

  void queue() {
    release(RunState.QUEUED);
  }

  void await(Instant until) {
    release(RunState.AWAITING_COMPLETION);
    reportBy = Optional.of(until);
  }

  void end(RunState as) {
    release(as);
    reportToken = Optional.empty();
  }

  private void release(RunState as) {
    state = as;
    delivery = Optional.empty();
    notBefore = Optional.empty();
    reportBy = Optional.empty();
  }

  /** The attempt that somebody makes, as it ends now. */
  Attempt cutShort(Instant now, Optional<String> error) {
    Instant begun = takenAt.orElseThrow();
    return new Attempt(
        attempt,
        begun,
        Optional.of(Duration.between(begun, now)),
        Optional.empty(),
        error,
        Optional.empty());
  }

  boolean isOf(String replica, String token) {
    return delivery.filter(by -> by.isOf(replica, token)).isPresent();
  }

  /** As the API shows it. */
  Run view() {
    List<Attempt> all = new ArrayList<>(attempts);
    if (state == RunState.RUNNING) {
      all.add(Attempt.begun(attempt, takenAt.orElseThrow()));
    }
    return as(Optional.empty(), Optional.empty(), 0, all);
  }

  /** As an event tells it that is about no attempt's end. */
  Run told() {
    Run all = view();
    int tried = all.attempts().size();
    return telling(
        all, state == RunState.RUNNING ? all.attempts().subList(tried - 1, tried) : List.of());
  }

  /** As an event tells it, which is about one attempt and not about those before. */
  static Run telling(Run run, List<Attempt> attempts) {
    return new Run(
        run.id(),
        run.trigger(),
        run.state(),
        run.scheduledAt(),
        run.startedAt(),
        run.finishedAt(),
        run.reason(),
        run.missed(),
        attempts);
  }

  Run ended(Optional<String> reason, Instant at) {
    return as(Optional.of(at), reason, 0, attempts);
  }

  Run skipped(Optional<String> reason, Instant at, int count) {
    return as(Optional.of(at), reason, count, List.of());
  }

  Run deleted() {
    return as(Optional.empty(), Optional.of("deleted"), 0, List.of());
  }

  /** It goes on later, after this attempt. */
  Run after(Attempt last, Optional<String> reason) {
    return as(Optional.empty(), reason, 0, List.of(last));
  }

  private Run as(
      Optional<Instant> finished, Optional<String> reason, int missed, List<Attempt> tried) {
    return new Run(id, trigger, state, scheduledAt, startedAt, finished, reason, missed, tried);
  }
}
