package io.carillon.engine;

import io.carillon.engine.Horizon.Entry;
import io.carillon.engine.JobStore.Due;
import io.carillon.engine.JobStore.Timed;
import io.carillon.engine.SchedulerStore.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Looks into the near future for the timing engine, each second and whenever something was written
 * that is due within it, on a thread of its own, so that no look delays a claim. It looks ahead a
 * few seconds only: what is read again each second then costs no more than what is about to be
 * claimed anyway, and nothing has to be told to it for correctness.
 */
final class Lookout implements AutoCloseable {

  static final Duration AHEAD = Duration.ofMillis(2_500);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration AFTER_A_FULL_LOOK = Duration.ofMillis(250);
  private static final int MOST_A_LOOK = 20_000;
  private static final int MOST_A_LOAD = 500;

  /** What is overdue by more than this is looked at apart, so that it cannot hide the present. */
  private static final Duration OVERDUE = Duration.ofSeconds(5);

  private static final int MOST_OVERDUE_A_LOOK = 2_000;

  private final JobStore store;
  private final SchedulerStore scheduler;
  private final InstantSource clock;
  private final BooleanSupplier leads;
  private final Horizon horizon;
  private final Consumer<Sighting> engine;
  final Loop loop = new Loop("lookout", this::step);

  private final Set<String> hinted = ConcurrentHashMap.newKeySet();
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private volatile Settings settings =
      new Settings(false, Optional.empty(), Optional.empty(), Optional.empty());
  private volatile int replicas;
  private volatile Instant end = Instant.MAX;
  private volatile boolean around = true;
  private Instant nextLook = Instant.MIN;

  /**
   * Jobs as the store had them.
   *
   * @param asOf how many changes the horizon had seen before
   */
  record Sighting(List<Entry> entries, long asOf) {}

  Lookout(
      JobStore store,
      SchedulerStore scheduler,
      InstantSource clock,
      BooleanSupplier leads,
      Horizon horizon,
      Consumer<Sighting> engine) {
    this.store = store;
    this.scheduler = scheduler;
    this.clock = clock;
    this.leads = leads;
    this.horizon = horizon;
    this.engine = engine;
  }

  void start() {
    loop.start();
  }

  /** The scheduler's settings as they were at the latest look. */
  Settings settings() {
    return settings;
  }

  /** How many replicas were alive at the latest look; 0 before the first. */
  int replicas() {
    return replicas;
  }

  /** Until when the near future has been looked at. */
  Instant end() {
    return end;
  }

  /** Looks at one job now. */
  void look(String jobId) {
    hinted.add(jobId);
    loop.nudge();
  }

  /** Looks at everything now. */
  void lookAround() {
    around = true;
    loop.nudge();
  }

  /** Runs something that blocks. */
  void run(Runnable errand) {
    errands.add(errand);
    loop.nudge();
  }

  private Duration step() {
    for (Runnable errand = errands.poll(); errand != null; errand = errands.poll()) {
      runUnlessFull(errand);
    }
    if (!leads.getAsBoolean()) {
      hinted.clear();
      return EVERY;
    }
    List<String> written = List.copyOf(hinted);
    written.forEach(hinted::remove);
    tell(written);
    Instant now = clock.instant();
    if (around || !now.isBefore(nextLook)) {
      around = false;
      nextLook = now.plus(lookAround(now));
    }
    return Duration.between(clock.instant(), nextLook);
  }

  /** A full store answers at once, and the job is due still: a later look finds it again. */
  private static void runUnlessFull(Runnable errand) {
    try {
      errand.run();
    } catch (StoreUnavailable unavailable) {
      if (!unavailable.full()) {
        throw unavailable;
      }
    }
  }

  /**
   * @return how long until the next look
   */
  private Duration lookAround(Instant now) {
    settings = scheduler.settings();
    replicas = scheduler.replicas().size();
    Instant overdue = now.minus(OVERDUE);
    List<Due> present = store.due(overdue, now.plus(AHEAD), MOST_A_LOOK);
    boolean full = present.size() == MOST_A_LOOK;
    end = full ? present.get(present.size() - 1).at() : now.plus(AHEAD);
    tellNews(present);
    tellNews(store.due(Instant.EPOCH, overdue.minusMillis(1), MOST_OVERDUE_A_LOOK));
    return full ? AFTER_A_FULL_LOOK : EVERY;
  }

  private void tellNews(List<Due> due) {
    tell(
        due.stream().filter(one -> !horizon.knows(one.jobId(), one.at())).map(Due::jobId).toList());
  }

  private void tell(List<String> jobIds) {
    for (int from = 0; from < jobIds.size(); from += MOST_A_LOAD) {
      long asOf = horizon.changes();
      List<Entry> entries = new ArrayList<>();
      for (Timed timed :
          store.load(jobIds.subList(from, Math.min(jobIds.size(), from + MOST_A_LOAD)))) {
        timed.dueAt().ifPresent(due -> entries.add(new Entry(timed.job(), due)));
      }
      engine.accept(new Sighting(entries, asOf));
    }
  }

  @Override
  public void close() {
    loop.close();
  }
}
