package io.carillon.app;

import io.carillon.engine.Auditor;
import io.carillon.engine.Census;
import io.carillon.engine.Courier;
import io.carillon.engine.Deliveries;
import io.carillon.engine.Election;
import io.carillon.engine.Heartbeat;
import io.carillon.engine.JobStore;
import io.carillon.engine.Jobs;
import io.carillon.engine.Lease;
import io.carillon.engine.Meters;
import io.carillon.engine.Reaper;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerInfo;
import io.carillon.engine.SchedulerStore;
import io.carillon.engine.SchedulerStore.Replica;
import io.carillon.engine.TimingEngine;
import io.carillon.webhook.CourierSettings;
import io.carillon.webhook.WebhookCourier;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The engine on its ports. */
@Singleton
class EngineWiring {

  private final CarillonConfig config;
  private final String version;

  EngineWiring(
      CarillonConfig config, @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.version = version;
  }

  @Produces
  @Singleton
  InstantSource clock() {
    return InstantSource.system();
  }

  /** Chance for every thread. */
  @Produces
  @Singleton
  RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }

  /** This process: the host's name for people, and something drawn to make it new at each start. */
  @Produces
  @Singleton
  Replica self(InstantSource clock, RandomGenerator random) {
    String drawn = Long.toString(random.nextLong() & 0xFFFFFFFFFFL, Character.MAX_RADIX);
    return new Replica(
        hostName() + '-' + drawn, version, clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
      return name.replaceAll("[^a-z0-9.-]", "-");
    } catch (UnknownHostException nameless) {
      return "replica";
    }
  }

  @Produces
  @Singleton
  Jobs jobs(JobStore store, InstantSource clock, RandomGenerator random) {
    return new Jobs(store, clock, random);
  }

  @Produces
  @Singleton
  SchedulerInfo schedulerInfo(Replica self, SchedulerStore store, Lease lease, RunLedger ledger) {
    return new SchedulerInfo(self, store, lease, ledger);
  }

  @Produces
  @Singleton
  Election election(Replica self, Lease lease, RandomGenerator random, Meters meters) {
    return new Election(self.id(), lease, config.leaseTtl(), System::nanoTime, random, meters);
  }

  @Produces
  @Singleton
  TimingEngine timingEngine(
      Election election,
      JobStore store,
      SchedulerStore scheduler,
      RunLedger ledger,
      Deliveries deliveries,
      Jobs jobs,
      InstantSource clock,
      RandomGenerator random,
      Meters meters) {
    return new TimingEngine(
        election, store, scheduler, ledger, deliveries, jobs, clock, random, meters);
  }

  @Produces
  @Singleton
  WebhookCourier courier(Vertx vertx, InstantSource clock) {
    return new WebhookCourier(vertx, CourierSettings.DEFAULT, version, clock, this::publicUrl);
  }

  /** As set, or where this replica listens; its port is only known once it does. */
  private URI publicUrl() {
    return config
        .publicUrl()
        .map(url -> URI.create(url.toString().replaceAll("/+$", "")))
        .orElseGet(
            () -> {
              Config settings = ConfigProvider.getConfig();
              String host = settings.getValue("quarkus.http.host", String.class);
              int port = settings.getValue("quarkus.http.port", Integer.class);
              boolean anywhere = host.equals("0.0.0.0") || host.equals("::");
              return URI.create("http://" + (anywhere ? hostName() : host) + ':' + port);
            });
  }

  void close(@Disposes WebhookCourier courier) {
    courier.close();
  }

  @Produces
  @Singleton
  Deliveries deliveries(
      Replica self,
      RunLedger ledger,
      Courier courier,
      InstantSource clock,
      RandomGenerator random,
      Meters meters) {
    return new Deliveries(
        self.id(),
        ledger,
        courier,
        config.deliveryConcurrency(),
        clock,
        System::nanoTime,
        random,
        meters);
  }

  @Produces
  @Singleton
  Reaper reaper(Replica self, RunLedger ledger, RandomGenerator random) {
    return new Reaper(self.id(), ledger, random);
  }

  @Produces
  @Singleton
  Heartbeat heartbeat(Replica self, SchedulerStore store) {
    return new Heartbeat(self, store);
  }

  @Produces
  @Singleton
  Census census(SchedulerStore store, RunLedger ledger, Election election, Meters meters) {
    return new Census(store, ledger, election, meters);
  }

  @Produces
  @Singleton
  Auditor auditor(RunLedger ledger, Election election, Meters meters) {
    return new Auditor(ledger, election, meters);
  }
}
