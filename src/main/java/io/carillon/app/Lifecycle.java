package io.carillon.app;

import io.carillon.api.job.WarmUp;
import io.carillon.engine.Auditor;
import io.carillon.engine.Census;
import io.carillon.engine.Deliveries;
import io.carillon.engine.Election;
import io.carillon.engine.Heartbeat;
import io.carillon.engine.Hints;
import io.carillon.engine.Reaper;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.StoreUnavailable;
import io.carillon.engine.TimingEngine;
import io.carillon.engine.Wakes;
import io.carillon.schedule.ZoneNames;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Starts the loops, and ends them so that nothing is lost and others can take over at once. */
@Singleton
class Lifecycle {

  private static final Logger LOG = Logger.getLogger(Lifecycle.class);

  /** How long running deliveries may take to end when the service is told to. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long the service waits with calling itself ready until it is at its usual speed. */
  private static final Duration WARM_UP = Duration.ofSeconds(2);

  private final Replica self;
  private final WarmUp warmUp;
  private final Heartbeat heartbeat;
  private final Election election;
  private final TimingEngine timing;
  private final Deliveries deliveries;
  private final Reaper reaper;
  private final Census census;
  private final Auditor auditor;
  private final Hints hints;
  private final RedisWiring redis;
  private final RedisReadiness readiness;

  Lifecycle(
      Replica self,
      WarmUp warmUp,
      Heartbeat heartbeat,
      Election election,
      TimingEngine timing,
      Deliveries deliveries,
      Reaper reaper,
      Census census,
      Auditor auditor,
      Hints hints,
      RedisWiring redis,
      @Readiness RedisReadiness readiness) {
    this.self = self;
    this.warmUp = warmUp;
    this.heartbeat = heartbeat;
    this.election = election;
    this.timing = timing;
    this.deliveries = deliveries;
    this.reaper = reaper;
    this.census = census;
    this.auditor = auditor;
    this.hints = hints;
    this.redis = redis;
    this.readiness = readiness;
  }

  void start(@Observes StartupEvent event) {
    hints.subscribe(new Wakes(election, timing, deliveries));
    heartbeat.start();
    deliveries.start();
    reaper.start();
    timing.start();
    election.start();
    census.start();
    auditor.start();
    Thread warming = new Thread(this::warmUp, "carillon-warm-up");
    warming.setDaemon(true);
    warming.start();
    LOG.infof(
        "carillon started replica=%s version=%s tzdata=%s",
        self.id(), self.version(), ZoneNames.tzdata());
  }

  /** Beside the loops, which need not wait. */
  private void warmUp() {
    try {
      warmUp.run(WARM_UP);
    } catch (RuntimeException failure) {
      LOG.error("warm-up failed", failure);
    } finally {
      readiness.begin();
    }
  }

  /** Event streams have been completed by then: they observe the same event earlier. */
  void stop(@Observes @Priority(5000) ShutdownEvent event) {
    LOG.infof("carillon ends replica=%s runsUnderWay=%s", self.id(), deliveries.underWay());
    readiness.end();
    timing.close();
    election.close();
    reaper.close();
    census.close();
    auditor.close();
    deliveries.drain(PATIENCE);
    deliveries.close();
    sayGoodbye();
    redis.close();
  }

  private void sayGoodbye() {
    try {
      heartbeat.close();
    } catch (StoreUnavailable unavailable) {
      LOG.warnf("replica not signed off cause=%s", unavailable.getMessage());
    }
  }
}
