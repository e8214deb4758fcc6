package io.carillon.app;

import io.carillon.engine.DefinitionCodec;
import io.carillon.engine.EventLog;
import io.carillon.engine.Hints;
import io.carillon.engine.IdempotencyKeys;
import io.carillon.engine.JobStore;
import io.carillon.engine.Lease;
import io.carillon.engine.RunLedger;
import io.carillon.engine.SchedulerStore;
import io.carillon.redis.Definitions;
import io.carillon.redis.LedgerFormat;
import io.carillon.redis.Outage;
import io.carillon.redis.Partition;
import io.carillon.redis.RedisEventLog;
import io.carillon.redis.RedisHints;
import io.carillon.redis.RedisIdempotencyKeys;
import io.carillon.redis.RedisJobStore;
import io.carillon.redis.RedisLease;
import io.carillon.redis.RedisLink;
import io.carillon.redis.RedisRunLedger;
import io.carillon.redis.RedisSchedulerStore;
import io.carillon.redis.RedisSettings;
import io.quarkus.arc.Unremovable;
import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The engine's ports on Redis. Quarkus' own client is not used, since it gives each command a
 * connection of a pool; but how to reach Redis is configured as for it, and taken over from there.
 */
@Singleton
class RedisWiring {

  private final Vertx vertx;
  private final RedisOptions options;
  private final Duration timeout;
  private final Partition partition;
  private final Outage outage = new Outage();
  private final List<RedisLink> links = new CopyOnWriteArrayList<>();
  private final RedisLink queries;
  private final RedisHints hints;

  /**
   * @param quarkusClient asked for so that its options are made
   */
  RedisWiring(Vertx vertx, Redis quarkusClient, OptionsTakenOver options, CarillonConfig config) {
    this.vertx = vertx;
    this.options = options.taken;
    RedisSettings settings =
        new RedisSettings(
            config.redis().timeout(),
            config.history().count(),
            config.history().age(),
            config.events().count(),
            config.failures().count());
    this.timeout = settings.timeout();
    this.partition = Partition.first(settings);
    this.queries = link("queries");
    this.hints = new RedisHints(vertx, this.options, queries, partition);
  }

  /** Overhears how Quarkus would reach Redis. */
  @Singleton
  @Unremovable
  static class OptionsTakenOver implements RedisOptionsCustomizer {
    private RedisOptions taken;

    @Override
    public void customize(String clientName, RedisOptions options) {
      taken = new RedisOptions(options);
    }
  }

  private RedisLink link(String purpose) {
    RedisLink link = new RedisLink(vertx, options, purpose, timeout, outage);
    links.add(link);
    return link;
  }

  @Produces
  @Singleton
  Definitions definitions(DefinitionCodec codec) {
    return new Definitions(codec);
  }

  @Produces
  @Singleton
  JobStore jobStore(Definitions definitions) {
    return new RedisJobStore(link("jobs"), definitions, partition);
  }

  @Produces
  @Singleton
  RunLedger runLedger(Definitions definitions, InstantSource clock) {
    RedisRunLedger.Links links =
        new RedisRunLedger.Links(link("claim"), link("take"), link("finish"), queries);
    return new RedisRunLedger(links, definitions, partition, clock);
  }

  @Produces
  @Singleton
  IdempotencyKeys idempotencyKeys() {
    return new RedisIdempotencyKeys(queries, partition);
  }

  @Produces
  @Singleton
  LedgerFormat ledgerFormat(InstantSource clock) {
    return new LedgerFormat(queries, partition, clock);
  }

  @Produces
  @Singleton
  Lease lease() {
    return new RedisLease(link("lease"), queries, partition);
  }

  @Produces
  @Singleton
  EventLog eventLog() {
    return new RedisEventLog(queries, link("events"), partition);
  }

  @Produces
  @Singleton
  SchedulerStore schedulerStore(InstantSource clock) {
    return new RedisSchedulerStore(queries, clock, partition);
  }

  @Produces
  @Singleton
  Hints hints() {
    return hints;
  }

  /** Closes all connections; what is asked for afterwards is refused. */
  void close() {
    hints.close();
    links.forEach(RedisLink::close);
  }
}
