package io.carillon.simulation;

import io.carillon.engine.Census;
import io.carillon.engine.Courier;
import io.carillon.engine.Deliveries;
import io.carillon.engine.Election;
import io.carillon.engine.Heartbeat;
import io.carillon.engine.Hints;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.IdempotentRequests;
import io.carillon.engine.JobStore;
import io.carillon.engine.Jobs;
import io.carillon.engine.Lease;
import io.carillon.engine.Meters;
import io.carillon.engine.Reaper;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.SteppedLoop;
import io.carillon.engine.TimingEngine;
import io.carillon.engine.Wakes;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One life of one process of the service: the real engine, its loops taken step by step. */
final class Replica {

  static final Duration TTL = Duration.ofSeconds(3);
  private static final int ROOM = 4;

  private final String id;
  private final SettableClock clock;
  private final Election election;
  private final TimingEngine timing;
  private final Deliveries deliveries;
  private final Jobs jobs;
  private final JobStore store;
  private final IdempotentRequests idempotentRequests;
  private final RunLedger runs;
  private final SchedulerStore scheduler;
  private final List<Turn> turns;
  private final List<Runnable> onceAwake = new ArrayList<>();
  private Duration clockOffset;
  private boolean alive = true;
  private boolean frozen;
  private boolean cutOff;

  Replica(
      String id,
      SettableClock clock,
      Duration clockOffset,
      Network network,
      InMemoryLedger ledger,
      Receiver receiver,
      SplittableRandom random,
      Meters meters) {
    this.id = id;
    this.clock = clock;
    this.clockOffset = clockOffset;
    this.store = network.reach(JobStore.class, ledger.jobs(), this);
    Lease lease = network.reach(Lease.class, ledger.lease(), this);
    Courier courier = receiver.courier(this);
    this.scheduler = network.reach(SchedulerStore.class, ledger.scheduler(), this);
    this.runs = network.reach(RunLedger.class, ledger.runs(), this);
    this.jobs = new Jobs(store, this::now, random.split());
    IdempotencyKeys keys = network.reach(IdempotencyKeys.class, ledger.idempotencyKeys(), this);
    this.idempotentRequests = new IdempotentRequests(keys, random.split());
    this.election = new Election(id, lease, TTL, clock::nanoTime, random.split(), meters);
    this.deliveries =
        new Deliveries(id, runs, courier, ROOM, this::now, clock::nanoTime, random.split(), meters);
    this.timing =
        new TimingEngine(
            election, store, scheduler, runs, deliveries, jobs, this::now, random.split(), meters);
    SchedulerStore.Replica self = new SchedulerStore.Replica(id, "1", now());
    this.turns =
        Stream.concat(
                Stream.of(
                    SteppedLoop.of(new Heartbeat(self, scheduler)),
                    SteppedLoop.of(deliveries),
                    SteppedLoop.of(new Reaper(id, runs, random.split())),
                    SteppedLoop.of(election),
                    SteppedLoop.of(new Census(scheduler, runs, election, meters))),
                SteppedLoop.of(timing).stream())
            .map(loop -> new Turn(loop, clock.nanoTime()))
            .toList();
  }

  /** Its own clock on the wall. */
  Instant now() {
    return clock.instant().plus(clockOffset);
  }

  void setClockOffBy(Duration offset) {
    clockOffset = offset;
  }

  boolean leads() {
    return election.leadership().isPresent();
  }

  String id() {
    return id;
  }

  Jobs jobs() {
    return jobs;
  }

  JobStore store() {
    return store;
  }

  IdempotentRequests idempotentRequests() {
    return idempotentRequests;
  }

  RunLedger runs() {
    return runs;
  }

  SchedulerStore scheduler() {
    return scheduler;
  }

  List<Turn> turns() {
    return turns;
  }

  boolean isAlive() {
    return alive;
  }

  boolean isAwake() {
    return alive && !frozen;
  }

  boolean isCutOff() {
    return cutOff;
  }

  void die() {
    alive = false;
  }

  void freeze() {
    frozen = true;
  }

  /** Goes on as if nothing had happened. */
  void thaw() {
    frozen = false;
    List<Runnable> missed = List.copyOf(onceAwake);
    onceAwake.clear();
    missed.forEach(Runnable::run);
  }

  /** Has something happen to it when it is awake again. */
  void onAwake(Runnable event) {
    onceAwake.add(event);
  }

  void cutOff(boolean from) {
    cutOff = from;
  }

  /** Gives the lease up, as a process does that is told to end. */
  void resign() {
    election.close();
  }

  /** Who hears the hints. */
  Hints.Listener ears() {
    return new Wakes(election, timing, deliveries);
  }

  @Override
  public String toString() {
    return id;
  }
}
