package io.carillon.app;

import io.carillon.api.event.EventHub;
import io.carillon.engine.Meters;
import io.carillon.engine.RunLedger.Load;
import io.carillon.job.JobState;
import io.carillon.job.RunState;
import io.carillon.job.Trigger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** What the engine counts, as Prometheus sees it; the one place that knows the metrics' names. */
@Singleton
class MicrometerMeters implements Meters {

  /** The bounds of both histograms, in ms: fine where lateness usually lies. */
  private static final Duration[] BOUNDS =
      LongStream.of(
              1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 250, 500, 1_000, 2_500, 5_000, 10_000,
              30_000, 60_000, 300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Timer lateness;
  private final Timer deliveryDuration;
  private final Counter leaderTransitions;
  private final Counter fenced;
  private final Counter quarantined;
  private final Counter violations;
  private final AtomicLong leader = new AtomicLong();
  private final AtomicLong epoch = new AtomicLong();
  private final AtomicLong takeoverGapMs = new AtomicLong();
  private final AtomicLong overdueAtTakeover = new AtomicLong();
  private final AtomicLong active = new AtomicLong();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong redisFull = new AtomicLong();
  private final AtomicLong clockOffsetMs = new AtomicLong();
  private final Map<JobState, AtomicLong> jobs = new EnumMap<>(JobState.class);
  private final Map<String, Counter> attempts = new ConcurrentHashMap<>();
  private final Map<RunState, Map<Trigger, Counter>> runs = new ConcurrentHashMap<>();

  MicrometerMeters(MeterRegistry registry, EventHub events) {
    this.registry = registry;
    this.lateness =
        histogram("carillon.fire.lateness", "From a run's scheduled time to its first attempt");
    this.deliveryDuration =
        histogram("carillon.delivery.duration", "How long an attempt to deliver took");
    this.leaderTransitions =
        Counter.builder("carillon.leader.transitions")
            .description("How often this replica became or ceased to be the leader")
            .register(registry);
    this.fenced =
        Counter.builder("carillon.fenced")
            .description("What was refused because this replica no longer led")
            .register(registry);
    this.quarantined =
        Counter.builder("carillon.jobs.quarantined")
            .description("How often a job was left alone for a while because timing it failed")
            .register(registry);
    this.violations =
        Counter.builder("carillon.invariant.violations")
            .description("What was found in the ledger that must not be, anew in each round")
            .register(registry);
    gauge("carillon.leader", "1 on the leader, 0 elsewhere", leader);
    gauge("carillon.leader.epoch", "The epoch of this replica's latest leadership", epoch);
    gauge("carillon.runs.active", "Accepted runs that have not ended, over all replicas", active);
    gauge("carillon.runs.queued", "Runs that wait for a slot, over all replicas", queued);
    for (JobState state : JobState.values()) {
      AtomicLong count = jobs.computeIfAbsent(state, any -> new AtomicLong());
      Gauge.builder("carillon.jobs", count, AtomicLong::doubleValue)
          .description("Registered jobs")
          .tag("state", state.word())
          .register(registry);
    }
    gauge(
        "carillon.redis.full",
        "1 while Redis is at its memory limit and nothing new is taken, 0 else",
        redisFull);
    Gauge.builder("carillon.redis.clock.offset", clockOffsetMs, offset -> offset.get() / 1000.0)
        .description("How far the clock of Redis is ahead of this replica's")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("carillon.leader.takeover.gap", takeoverGapMs, gap -> gap.get() / 1000.0)
        .description("For how long nobody had led when this replica was last elected")
        .baseUnit("seconds")
        .register(registry);
    gauge(
        "carillon.leader.takeover.overdue",
        "How many jobs were overdue when this replica was last elected",
        overdueAtTakeover);
    Gauge.builder("carillon.sse.clients", events, EventHub::clients)
        .description("Clients of this replica that follow events")
        .register(registry);
    attemptsCounter("2xx");
    runsCounter(RunState.SUCCEEDED, Trigger.SCHEDULE);
  }

  private Timer histogram(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  private void gauge(String name, String description, AtomicLong value) {
    Gauge.builder(name, value, AtomicLong::doubleValue).description(description).register(registry);
  }

  private Counter attemptsCounter(String result) {
    return attempts.computeIfAbsent(
        result,
        any ->
            Counter.builder("carillon.delivery.attempts")
                .description("Attempts to deliver, by how they ended")
                .tag("result", any)
                .register(registry));
  }

  private Counter runsCounter(RunState outcome, Trigger trigger) {
    return runs.computeIfAbsent(outcome, any -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            trigger,
            any ->
                Counter.builder("carillon.runs")
                    .description("Runs that ended, by how and why")
                    .tag("outcome", outcome.word())
                    .tag("trigger", any.word())
                    .register(registry));
  }

  @Override
  public void started(Duration late) {
    lateness.record(late.isNegative() ? Duration.ZERO : late);
  }

  @Override
  public void attempted(String result, Duration took) {
    attemptsCounter(result).increment();
    deliveryDuration.record(took);
  }

  @Override
  public void ended(RunState outcome, Trigger trigger) {
    runsCounter(outcome, trigger).increment();
  }

  @Override
  public void elected(long newEpoch, Optional<Duration> gap) {
    leader.set(1);
    epoch.set(newEpoch);
    leaderTransitions.increment();
    gap.ifPresent(length -> takeoverGapMs.set(length.toMillis()));
  }

  @Override
  public void overdueAtTakeover(long jobCount) {
    overdueAtTakeover.set(jobCount);
  }

  @Override
  public void resigned() {
    leader.set(0);
    leaderTransitions.increment();
  }

  @Override
  public void fenced() {
    fenced.increment();
  }

  @Override
  public void quarantined() {
    quarantined.increment();
  }

  @Override
  public void counted(Map<JobState, Long> jobCounts, Load load) {
    jobCounts.forEach((state, count) -> jobs.get(state).set(count));
    active.set(load.active());
    queued.set(load.queued());
  }

  @Override
  public void violationsFound(int count) {
    violations.increment(count);
  }

  @Override
  public void storeFull(boolean full) {
    redisFull.set(full ? 1 : 0);
  }

  @Override
  public void clockOffset(Duration ahead) {
    clockOffsetMs.set(ahead.toMillis());
  }
}
