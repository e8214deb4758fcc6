package io.carillon.engine.twin;

import io.carillon.job.Attempt;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
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
  final Instant acceptedAt;
  final Optional<String> payload;

  RunState state = RunState.READY;
  int attempt;
  int crashes;
  Optional<Instant> startedAt = Optional.empty();
  Optional<Instant> takenAt = Optional.empty();
  final List<Attempt> attempts = new ArrayList<>();

  /** From when on it may be taken; empty while somebody has it. */
  Optional<Instant> notBefore;

  /** Who has it. */
  Optional<Delivery> delivery = Optional.empty();

  /** A replica's right to deliver a run, under the token it took it with. */
  record Delivery(String replica, String token, Instant deadline) {
    boolean isOf(String asking, String under) {
      return replica.equals(asking) && token.equals(under);
    }
  }

  RunEntry(
      RunId id,
      Trigger trigger,
      Instant scheduledAt,
      long revision,
      Instant acceptedAt,
      Optional<String> payload) {
    this.id = id;
    this.trigger = trigger;
    this.scheduledAt = scheduledAt;
    this.revision = revision;
    this.acceptedAt = acceptedAt;
    this.payload = payload;
    this.notBefore = Optional.of(acceptedAt);
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
    state = as;
    delivery = Optional.empty();
    notBefore = Optional.of(from);
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
    return as(state, Optional.empty(), Optional.empty(), all);
  }

  /** As an event tells it that is about no attempt's end. */
  Run told() {
    return lastAttemptOnly(view());
  }

  Run ended(RunState as, Optional<String> reason, Instant at) {
    return as(as, Optional.of(at), reason, attempts);
  }

  Run cancelled(String reason) {
    return as(RunState.CANCELLED, Optional.empty(), Optional.of(reason), List.of());
  }

  Run retrying(Attempt failed) {
    return as(state, Optional.empty(), failed.error(), List.of(failed));
  }

  /** An event tells of one attempt, not of those before. */
  Run lastAttemptOnly(Run run) {
    List<Attempt> all = run.attempts();
    boolean tells = run.state().ended() || run.state() == RunState.RUNNING;
    return as(
        run.state(),
        run.finishedAt(),
        run.reason(),
        tells ? all.subList(Math.max(0, all.size() - 1), all.size()) : List.of());
  }

  private Run as(
      RunState as, Optional<Instant> finished, Optional<String> reason, List<Attempt> tried) {
    return new Run(id, trigger, as, scheduledAt, startedAt, finished, reason, 0, tried);
  }
}
