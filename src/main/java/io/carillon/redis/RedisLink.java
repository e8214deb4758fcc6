package io.carillon.redis;

import io.carillon.engine.StoreUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One connection to Redis for one purpose. Commands are sent at once, behind those that wait for
 * their replies, so that a slow purpose does not hold up another. A link that fails or does not
 * answer in time is dropped with everything that waits on it, and connected anew by the next
 * command, though not more often than every {@value #RECONNECT_AFTER_MS} ms. One that leads to a
 * Redis which may not be written to is given up for a new one: a primary that has become a replica
 * lives on, and only who asks again for the address finds the new primary.
 */
public class RedisLink implements AutoCloseable {

  private static final int RECONNECT_AFTER_MS = 100;

  /** How often a link may be given up that may not write, since it may be as good as any. */
  private static final long GIVEN_UP_EACH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String READ_ONLY = "READONLY";

  /**
   * Of a command that may need memory, at {@code maxmemory}; a script that gets it has not written
   * anything, see {@code grows.lua} and {@code drains.lua}.
   */
  private static final String OUT_OF_MEMORY = "OOM command not allowed";

  /** Errors that have nothing to do with what was asked; within a script they come as ERR too. */
  private static final List<String> STATES_OF_REDIS =
      List.of(READ_ONLY, "MISCONF", "NOREPLICAS", "LOADING", "MASTERDOWN", "CLUSTERDOWN");

  /** With which errors begin that the same question would get again. */
  private static final List<String> FAULTS = List.of("ERR", "NOPERM", "WRONGTYPE");

  private final Vertx vertx;
  private final RedisOptions options;
  private final String purpose;
  private final Duration timeout;
  private final Outage outage;
  private final LongSupplier nanoTime;

  private Redis client;
  private Future<RedisConnection> connection;
  private long notBefore;
  private long mayBeGivenUpFrom;
  private boolean closed;
  private final List<Runnable> onLost = new CopyOnWriteArrayList<>();

  public RedisLink(Vertx vertx, RedisOptions options, String purpose, Duration timeout) {
    this(vertx, options, purpose, timeout, new Outage());
  }

  /**
   * @param outage shared by all links to one Redis
   */
  public RedisLink(
      Vertx vertx, RedisOptions options, String purpose, Duration timeout, Outage outage) {
    this(vertx, options, purpose, timeout, outage, System::nanoTime);
  }

  /**
   * @param nanoTime ns from an arbitrary origin
   */
  RedisLink(
      Vertx vertx,
      RedisOptions options,
      String purpose,
      Duration timeout,
      Outage outage,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.outage = outage;
    this.nanoTime = nanoTime;
    this.notBefore = nanoTime.getAsLong();
    this.mayBeGivenUpFrom = nanoTime.getAsLong();
    this.options = new RedisOptions(options).setMaxPoolWaiting(1024).setMaxWaitingHandlers(1 << 16);
    this.purpose = purpose;
    this.timeout = timeout;
  }

  /** Whether the server at the other end sees every client of this service's. */
  boolean knowsAllClients() {
    return options.getType() != RedisClientType.CLUSTER;
  }

  /** Has {@code listener} called, on any thread, each time the connection is lost. */
  void onLost(Runnable listener) {
    onLost.add(listener);
  }

  /** Sends a command; a reply that is an error fails the future, as do silence and a lost link. */
  Future<Response> send(Request request) {
    return send(request, Duration.ZERO);
  }

  /**
   * Sends a command that may block on the other side.
   *
   * @param blocking how long it may, beyond the timeout of any command
   */
  Future<Response> send(Request request, Duration blocking) {
    Future<RedisConnection> over = connection();
    return over.compose(connected -> connected.send(request))
        .timeout(timeout.plus(blocking).toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> dropUnlessAnswered(over, failure));
  }

  /**
   * Sends a command and waits for the reply.
   *
   * @throws StoreUnavailable when none came
   */
  Response call(Request request) {
    return await(send(request));
  }

  Response call(Command command, String... args) {
    Request request = Request.cmd(command);
    for (String arg : args) {
      request.arg(arg);
    }
    return call(request);
  }

  static Response await(Future<Response> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw unavailable(failed.getCause());
    }
  }

  static StoreUnavailable unavailable(Throwable cause) {
    return cause instanceof ErrorType error
        ? unavailable(error, isOurFault(error.getMessage()))
        : StoreUnavailable.silent(message(cause), cause);
  }

  /**
   * What an error is that a script answered for one of several things, with the answers to the
   * others: it says nothing of them, whatever it is called, unless it is the state of Redis.
   */
  static StoreUnavailable unavailableForOne(ErrorType error) {
    return unavailable(error, !isStateOfRedis(error.getMessage()));
  }

  private static StoreUnavailable unavailable(ErrorType error, boolean refused) {
    if (error.getMessage().contains(OUT_OF_MEMORY)) {
      return StoreUnavailable.full(message(error), error);
    }
    return refused
        ? StoreUnavailable.refused(message(error), error)
        : StoreUnavailable.silent(message(error), error);
  }

  private static String message(Throwable cause) {
    return "Redis: " + said(cause);
  }

  /**
   * A script that failed on what it was given or found, or a command that this user may not give,
   * rather than a failure for the state that Redis is in.
   */
  private static boolean isOurFault(String error) {
    return FAULTS.stream().anyMatch(error::startsWith) && !isStateOfRedis(error);
  }

  private static boolean isStateOfRedis(String error) {
    return STATES_OF_REDIS.stream().anyMatch(error::contains);
  }

  private synchronized Future<RedisConnection> connection() {
    if (closed) {
      return Future.failedFuture(new IllegalStateException("closed"));
    }
    if (connection == null) {
      if (nanoTime.getAsLong() - notBefore < 0) {
        return Future.failedFuture(new IllegalStateException("no connection"));
      }
      Redis connecting = Redis.createClient(vertx, options);
      client = connecting;
      Future<RedisConnection> opened = connecting.connect();
      connection = opened;
      opened
          .onSuccess(
              connected -> {
                connected.exceptionHandler(failure -> drop(opened, failure));
                connected.endHandler(end -> drop(opened, null));
                outage.overcome(purpose);
              })
          .onFailure(failure -> drop(opened, failure));
      // One that failed at once has been dropped by now.
      return opened;
    }
    return connection;
  }

  private void dropUnlessAnswered(Future<RedisConnection> over, Throwable failure) {
    if (!(failure instanceof ErrorType)) {
      drop(over, failure);
    } else if (failure.getMessage().contains(READ_ONLY) && giveUp(over)) {
      onLost.forEach(Runnable::run);
    }
  }

  /** What waits for an answer still gets it; only what is sent from now on goes another way. */
  private synchronized boolean giveUp(Future<RedisConnection> over) {
    if (connection != over || nanoTime.getAsLong() - mayBeGivenUpFrom < 0) {
      return false;
    }
    mayBeGivenUpFrom = nanoTime.getAsLong() + GIVEN_UP_EACH_NANOS;
    Redis old = client;
    connection = null;
    vertx.setTimer(2 * timeout.toMillis(), elapsed -> old.close());
    return true;
  }

  private void drop(Future<RedisConnection> dropped, Throwable failure) {
    if (forget(dropped, failure)) {
      onLost.forEach(Runnable::run);
    }
  }

  private synchronized boolean forget(Future<RedisConnection> dropped, Throwable failure) {
    if (connection != dropped) {
      return false;
    }
    connection = null;
    notBefore = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(RECONNECT_AFTER_MS);
    client.close();
    outage.met(purpose, failure == null ? "closed" : said(failure));
    return true;
  }

  private static String said(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (connection != null) {
      // Its end is no loss; and the client cannot be closed twice.
      connection = null;
      client.close();
    }
  }
}
