package io.carillon.engine.twin;

import io.carillon.engine.twin.RunEntry.Delivery;
import io.carillon.engine.twin.RunEntry.Place;
import io.carillon.job.Definition;
import io.carillon.job.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the state down, with what follows from it: indexes, and who has what. */
final class TwinSnapshot {

  private final Snapshot.Writer to = new Snapshot.Writer();

  private TwinSnapshot() {}

  static Snapshot of(State state) {
    TwinSnapshot snapshot = new TwinSnapshot();
    state.jobs.values().forEach(snapshot::job);
    state.runs.values().forEach(snapshot::run);
    state.history.forEach(snapshot::history);
    state.latestTakes.forEach(
        (replica, take) -> snapshot.to.line("taken/" + replica, take.token() + take.runs()));
    state.closedHandOffs.forEach(owner -> snapshot.to.line("closed/" + owner, "1"));
    state.lastAlive.forEach(
        (replica, at) -> snapshot.to.line("replica/" + replica.id(), millis(at)));
    snapshot.to.line("settings", state.settings);
    snapshot.to.line("epoch", state.epoch);
    snapshot.to.line("failures", state.failures);
    state.led.ifPresent(led -> snapshot.to.line("led", millis(led)));
    snapshot.queue("wait", Place.SCHEDULER, state.runs.values());
    state
        .jobs
        .keySet()
        .forEach(job -> snapshot.queue("wait/" + job, Place.JOB, state.activeRuns(job)));
    state
        .lease
        .filter(held -> state.now().isBefore(held.until()))
        .ifPresent(held -> snapshot.to.line("lease", held.leadership()));
    state.idempotencyKeys.forEach(snapshot::idempotencyKey);
    return snapshot.to.written();
  }

  private void history(String job, Collection<Past> past) {
    if (!past.isEmpty()) {
      to.line("history/" + job, List.copyOf(past));
    }
  }

  private void idempotencyKey(String key, TwinIdempotencyKeys.Entry entry) {
    String token = entry.claimedUntil().map(until -> entry.claim().token()).orElse("");
    to.line(
        "idempotency/" + key,
        List.of(
            entry.claim().request(),
            entry.claim().id(),
            token,
            entry.claimedUntil().map(TwinSnapshot::millis).map(Object::toString).orElse(""),
            entry.made().map(TwinIdempotencyKeys.Made::id).orElse("")));
  }

  private void queue(String name, Place place, Collection<RunEntry> runs) {
    List<RunId> waiting =
        runs.stream()
            .filter(run -> run.place == place)
            .sorted(Comparator.comparing(run -> run.order))
            .map(run -> run.id)
            .toList();
    if (!waiting.isEmpty()) {
      to.line(name, waiting);
    }
  }

  private void job(JobEntry job) {
    to.line("job/" + job.id, job.job());
    Definition definition = job.definition;
    to.line("job/" + job.id + "/tags", definition.tags());
    to.line("job/" + job.id + "/failures", job.failuresInRow);
    job.due.ifPresent(due -> to.line("due/" + job.id, millis(due)));
    displaced(job);
    to.line(
        "searched/" + job.id,
        List.of(
            definition.name().orElse(""),
            definition.target().url().toString(),
            String.join(" ", definition.tags())));
    to.element("jobs", job.id);
    String outcome = job.lastRun.map(run -> run.state().word()).orElse("none");
    to.element("listed/" + job.state.word() + ':' + outcome, job.id);
    definition.tags().forEach(tag -> to.element("tag/" + tag, job.id));
  }

  /** Due at another instant than its next occurrence, if it has one. */
  private void displaced(JobEntry job) {
    Optional<Instant> next = job.job().nextRunAt();
    if (job.due.isPresent() && !job.due.equals(next)) {
      to.line("displaced/" + job.id, next.map(TwinSnapshot::millis).orElse("inf"));
    }
  }

  private void run(RunEntry run) {
    to.line("run/" + run.id, record(run));
    if (run.place == Place.SLOT) {
      to.element("holding/" + run.id.jobId(), run.id);
    } else {
      to.element("queued", run.id);
    }
    if (run.place == Place.SCHEDULER) {
      to.line("job/" + run.id.jobId() + "/at-scheduler", run.id);
    }
    run.reportBy.ifPresent(by -> to.line("awaiting/" + run.id, millis(by)));
    run.reportToken.ifPresent(token -> to.line("run/" + run.id + "/token", token));
    run.payload.ifPresent(payload -> to.line("run/" + run.id + "/payload", payload));
    if (!run.attempts.isEmpty()) {
      to.line("run/" + run.id + "/attempts", run.attempts);
    }
    run.notBefore.ifPresent(from -> to.line("ready/" + run.id, millis(from)));
    run.delivery.ifPresent(by -> delivery(run, by));
  }

  private void delivery(RunEntry run, Delivery by) {
    to.line("inflight/" + run.id, millis(by.deadline()));
    to.line("owner/" + run.id, by.replica() + '/' + by.token());
  }

  private static String record(RunEntry run) {
    return String.join(
        "|",
        run.state.word(),
        Integer.toString(run.attempt),
        Integer.toString(run.crashes),
        run.startedAt.map(TwinSnapshot::millis).orElse(""),
        run.takenAt.map(TwinSnapshot::millis).orElse(""),
        run.trigger.word(),
        millis(run.scheduledAt),
        Long.toString(run.revision));
  }

  private static String millis(Instant instant) {
    return Long.toString(instant.toEpochMilli());
  }
}
