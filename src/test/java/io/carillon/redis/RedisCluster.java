package io.carillon.redis;

import static io.carillon.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of three primaries, and a replica of the one that keeps what Carillon writes; it
 * becomes the primary some seconds after that one fell silent. Each is a process of its own.
 */
public final class RedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final int PRIMARIES = 3;

  /** So long that no node is taken for dead that is only slow. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final List<RedisServer> primaries =
      IntStream.range(0, PRIMARIES).mapToObj(one -> node()).toList();
  private final RedisServer replica = node();
  private final RedisServer owner;

  public RedisCluster() {
    for (int one = 0; one < PRIMARIES; one++) {
      int first = SLOTS * one / PRIMARIES;
      int last = SLOTS * (one + 1) / PRIMARIES - 1;
      primaries
          .get(one)
          .ask(
              Stream.concat(
                      Stream.of("CLUSTER", "ADDSLOTS"),
                      IntStream.rangeClosed(first, last).mapToObj(Integer::toString))
                  .toArray(String[]::new));
    }
    int slot = Integer.parseInt(replica.ask("CLUSTER", "KEYSLOT", Keys.FIRST.of(Keys.Known.LEASE)));
    owner = primaries.get(slot * PRIMARIES / SLOTS);
    nodes()
        .forEach(
            node -> replica.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port())));
    awaitAll("the nodes know each other", "cluster_known_nodes:" + (PRIMARIES + 1));
    replica.ask("CLUSTER", "REPLICATE", owner.ask("CLUSTER", "MYID"));
    awaitAll("the cluster is whole", "cluster_state:ok");
    eventually("the replica follows")
        .until(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
  }

  private static RedisServer node() {
    return RedisServer.startAppendOnly(
        "--cluster-enabled", "yes", "--cluster-node-timeout", Long.toString(SILENCE.toMillis()));
  }

  private Stream<RedisServer> nodes() {
    return Stream.concat(primaries.stream(), Stream.of(replica));
  }

  private void awaitAll(String what, String said) {
    eventually(what)
        .until(() -> nodes().allMatch(node -> node.ask("CLUSTER", "INFO").contains(said)));
  }

  /** The nodes, as {@code QUARKUS_REDIS_HOSTS} names them. */
  public String hosts() {
    return nodes().map(node -> node.uri().toString()).collect(Collectors.joining(","));
  }

  /** The node that keeps what Carillon writes. */
  public RedisServer owner() {
    return owner;
  }

  /** Whether a primary that keeps nothing of Carillon's has been given a command. */
  public boolean wasAskedElsewhere(String command) {
    return primaries.stream()
        .filter(node -> node != owner)
        .anyMatch(node -> node.ask("INFO", "commandstats").contains("cmdstat_" + command + ":"));
  }

  /** Whether the replica has taken that node's place. */
  public boolean hasFailedOver() {
    return replica.ask("ROLE").startsWith("master");
  }

  @Override
  public void close() {
    nodes().forEach(RedisServer::close);
  }
}
