package io.carillon.redis;

import io.carillon.Eventually;
import io.carillon.engine.Audit.Violation;
import io.carillon.engine.LedgerSteps;
import io.carillon.job.RunId;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The ledger in a server that others use, seen from behind. */
public final class LedgerOnServer implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final RedisPorts ports;

  public LedgerOnServer(RedisServer server) {
    this.ports = new RedisPorts(vertx, server.uri(), RedisStore.SETTINGS);
  }

  public List<Violation> violations() {
    return new LedgerSteps(ports).violations();
  }

  /** The ids of the replicas that deliver something. */
  public Set<String> replicasAtWork() {
    return Set.copyOf(owners().values());
  }

  /** The ids of the runs that a replica delivers. */
  public Set<String> runsAtWork(String replica) {
    return owners().entrySet().stream()
        .filter(run -> run.getValue().equals(replica))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Of each run that is being delivered, the replica that does so. */
  private Map<String, String> owners() {
    Response runs = ports.queries().call(Command.HGETALL, Keys.FIRST.of(Keys.Known.RUNS));
    Map<String, String> owners = new HashMap<>();
    for (String run : runs.getKeys()) {
      RunRecord.read(runs.get(run).toBytes())
          .owner()
          .ifPresent(owner -> owners.put(run, owner.replaceAll("/.*", "")));
    }
    return owners;
  }

  /** Has the report of a run awaited that nobody knows, for so long that nobody ends it. */
  public void plantViolation() {
    Instant late = Instant.now().plus(Duration.ofDays(1));
    new RedisDamage(ports.queries()).await(new RunId("nobody", "earlier", "1"), Optional.of(late));
  }

  @Override
  public void close() throws ExecutionException, InterruptedException, TimeoutException {
    ports.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(Eventually.BOUND.toMillis(), TimeUnit.MILLISECONDS);
  }
}
