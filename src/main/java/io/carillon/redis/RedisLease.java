package io.carillon.redis;

import io.carillon.engine.Lease;
import io.carillon.engine.StoreUnavailable;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The lease as one expiring key. It names the Redis client id of the connection that renews it,
 * asked for before each change on that very connection.
 */
public final class RedisLease implements Lease {

  /** The client id where an ACL forbids to ask for it. */
  private static final String UNKNOWN = "-";

  private final RedisLink link;
  private final RedisLink queries;
  private final String key;
  private final RedisScript acquire;
  private final RedisScript renew;
  private final RedisScript release;

  /**
   * @param link the lease's own connection
   */
  public RedisLease(RedisLink link, RedisLink queries, Partition partition) {
    this.link = link;
    this.queries = queries;
    this.key = partition.keys().of(Keys.Known.LEASE);
    this.acquire = partition.script("acquire");
    this.renew = partition.script("renew");
    this.release = partition.script("release");
  }

  @Override
  public Bid acquire(String replica, Duration ttl) {
    return bid(replica, ttl, "");
  }

  @Override
  public Bid depose(String replica, Duration ttl, Sighting seen) {
    return bid(replica, ttl, seen.value());
  }

  private Bid bid(String replica, Duration ttl, String deposed) {
    Response reply =
        acquire
            .call()
            .with("replica", replica)
            .with("ttl", ttl)
            .with("client", clientId())
            .with("replaced", deposed)
            .await(link);
    Leadership leadership = leadership(reply.get(1).toString());
    return reply.get(0).toInteger() == 1
        ? new Bid.Won(leadership, gap(reply.get(2).toString()))
        : new Bid.Held(leadership);
  }

  private static Optional<Duration> gap(String millis) {
    return Texts.present(millis).map(Long::parseLong).map(Duration::ofMillis);
  }

  @Override
  public boolean renew(Leadership leadership, Duration ttl) {
    return renew
            .call()
            .with("replica", leadership.replica())
            .with("epoch", leadership.epoch())
            .with("since", leadership.since())
            .with("ttl", ttl)
            .with("client", clientId())
            .await(link)
            .toInteger()
        == 1;
  }

  @Override
  public void release(Leadership leadership) {
    release
        .call()
        .with("replica", leadership.replica())
        .with("epoch", leadership.epoch())
        .await(link);
  }

  @Override
  public Optional<Leadership> holder() {
    return Optional.ofNullable(queries.call(Command.GET, key))
        .map(Response::toString)
        .map(RedisLease::leadership);
  }

  @Override
  public Optional<Sighting> look() {
    return Optional.ofNullable(link.call(Command.GET, key))
        .map(Response::toString)
        .map(
            lease ->
                new Sighting(
                    leadership(lease),
                    lease,
                    isConnected(lease.substring(lease.lastIndexOf(' ') + 1))));
  }

  /**
   * Only a single Redis, or the primary of one, knows all its clients; elsewhere, and where an ACL
   * forbids the question, the ttl decides.
   */
  private boolean isConnected(String clientId) {
    if (!link.knowsAllClients() || clientId.equals(UNKNOWN)) {
      return true;
    }
    return unlessForbidden(
        () ->
            link.call(Command.CLIENT, "LIST", "ID", clientId).toString().contains("id=" + clientId),
        true);
  }

  @Override
  public void onConnectionLost(Runnable listener) {
    link.onLost(listener);
  }

  private String clientId() {
    return unlessForbidden(() -> link.call(Command.CLIENT, "ID").toString(), UNKNOWN);
  }

  private static <T> T unlessForbidden(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (StoreUnavailable refused) {
      if (refused.refused()) {
        return otherwise;
      }
      throw refused;
    }
  }

  private static Leadership leadership(String lease) {
    String[] parts = lease.split(" ");
    return new Leadership(parts[0], Long.parseLong(parts[1]), Texts.instant(parts[2]));
  }
}
