package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.Jobs.Changed;
import io.carillon.engine.RunLedger.Claim;
import io.carillon.engine.RunLedger.ClaimResult;
import io.carillon.engine.RunLedger.TakenRun;
import io.carillon.engine.SchedulerStore.Change;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.DefinitionBuilder;
import io.carillon.job.Job;
import io.carillon.job.JobState;
import io.carillon.job.Run;
import io.carillon.schedule.From;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One job, what its users do to it, and a leader that claims what is due when it is told to. */
final class JobLife {

  static final Instant START = SettableClock.START;

  final SettableClock clock = new SettableClock();
  final InMemoryLedger ledger = new InMemoryLedger(clock);
  final LedgerSteps steps = new LedgerSteps(ledger);
  final Jobs jobs;
  private final Random random;
  private final long epoch = steps.lead();

  JobLife() {
    this(1);
  }

  JobLife(long seed) {
    this.random = new Random(seed);
    this.jobs = new Jobs(ledger.jobs(), clock, random);
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  Changed put(DefinitionBuilder definition) {
    return jobs.put("bells", definition.build(), Precondition.NONE);
  }

  Changed patch(DefinitionBuilder definition) {
    return jobs.patch("bells", present -> definition.build(), Precondition.NONE);
  }

  Changed pause() {
    return jobs.pause("bells", Optional.empty(), Optional.empty(), Precondition.NONE);
  }

  Changed resume() {
    return jobs.resume("bells", Precondition.NONE);
  }

  void pauseScheduler(boolean paused) {
    ledger.scheduler().change(new Change(Optional.of(paused), Optional.empty()));
  }

  void pass(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  Job job() {
    return steps.find("bells");
  }

  Optional<Instant> dueAt() {
    return ledger.jobs().load(List.of("bells")).stream().findFirst().flatMap(Timed::dueAt);
  }

  /** Oldest first. */
  List<Run> runs() {
    return ledger.runs().runs("bells").stream()
        .sorted(Comparator.comparing(Run::scheduledAt))
        .toList();
  }

  /** What the leader does as long as something is due, unless the scheduler is paused. */
  void claimDue() {
    while (isDue()) {
      Entry entry = new Entry(job(), dueAt().orElseThrow());
      Claim claim = Decision.of(entry, clock.instant(), ledger.scheduler().settings(), random);
      ClaimResult result = steps.claim(epoch, claim);
      if (!(result instanceof ClaimResult.Claimed)) {
        throw new AssertionError(claim + " was answered " + result);
      }
    }
  }

  private boolean isDue() {
    return !ledger.scheduler().settings().paused()
        && job().state() == JobState.ACTIVE
        && job().nextRunAt().isPresent()
        && dueAt().filter(due -> !due.isAfter(clock.instant())).isPresent();
  }

  void endRuns() {
    for (TakenRun run : steps.take("a", "token-" + clock.instant()).runs()) {
      steps.finish("a", run, LedgerSteps.succeeded(run));
    }
  }

  /** The occurrences to come, as far as they are known. */
  List<Instant> toCome(int most) {
    Schedule schedule = job().definition().schedule();
    boolean drawn =
        schedule instanceof RandomDurationSchedule || schedule.from() == From.COMPLETION;
    List<Instant> row = new ArrayList<>();
    Optional<Instant> next = job().nextRunAt();
    while (next.isPresent() && row.size() < (drawn ? 1 : most)) {
      row.add(next.get());
      next = job().timetable().next(next.get(), random);
    }
    return row;
  }
}
