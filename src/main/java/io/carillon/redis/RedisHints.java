package io.carillon.redis;

import io.carillon.engine.Hints;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.RunId;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * Hints over Redis' publish and subscribe, which tells nobody that it lost something, nor that it
 * ended. So each replica whispers to all once a second that it is there; who has heard nothing for
 * a while, not even that, subscribes anew. Nothing but the subscription goes over its connection.
 */
public final class RedisHints implements Hints, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RedisHints.class);
  private static final long CHECK_MS = 1000;
  private static final int MOST_SILENT_CHECKS = 3;

  private final String channel;
  private final Vertx vertx;
  private final RedisOptions options;
  private final RedisLink queries;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final long timer;

  private Redis client;
  private int silentChecks;

  public RedisHints(Vertx vertx, RedisOptions options, RedisLink queries, Partition partition) {
    this.channel = partition.keys().hints();
    this.vertx = vertx;
    this.options = new RedisOptions(options);
    this.queries = queries;
    connect();
    this.timer = vertx.setPeriodic(CHECK_MS, tick -> check());
  }

  @Override
  public void subscribe(Listener listener) {
    listeners.add(listener);
  }

  private synchronized void connect() {
    Redis connecting = Redis.createClient(vertx, options);
    client = connecting;
    silentChecks = 0;
    connecting
        .connect()
        .compose(
            opened -> {
              opened.handler(this::received);
              opened.exceptionHandler(failure -> LOG.debugf("hints lost cause=%s", failure));
              return opened.send(Request.cmd(Command.SUBSCRIBE).arg(channel));
            })
        .onFailure(failure -> LOG.debugf("hints not subscribed cause=%s", failure));
  }

  private synchronized void check() {
    if (silentChecks++ >= MOST_SILENT_CHECKS) {
      client.close();
      connect();
    }
    queries.send(Request.cmd(Command.PUBLISH).arg(channel).arg("there"));
  }

  private synchronized void heard() {
    silentChecks = 0;
  }

  private void received(Response push) {
    boolean message = push.type() == ResponseType.PUSH || push.type() == ResponseType.MULTI;
    if (!message || push.size() < 3 || !push.get(0).toString().equals("message")) {
      return;
    }
    heard();
    String[] words = push.get(2).toString().split(" ");
    for (Listener listener : listeners) {
      tell(listener, words);
    }
  }

  private static void tell(Listener listener, String[] words) {
    try {
      switch (words[0]) {
        case "there" -> {}
        case "ready" -> listener.runsReady();
        case "cancel" -> RunId.parse(words[1]).ifPresent(listener::runCancelled);
        case "lease" -> listener.leaseReleased();
        case "settings" -> listener.settingsChanged();
        case "job" -> {
          if (words.length > 2) {
            listener.jobWritten(words[1], Texts.instant(words[2]));
          } else {
            listener.jobNotDue(words[1]);
          }
        }
        default -> LOG.warnf("hint not understood word=%s", words[0]);
      }
    } catch (StoreUnavailable unavailable) {
      LOG.warnf("hint not followed word=%s cause=%s", words[0], unavailable.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    vertx.cancelTimer(timer);
    client.close();
  }
}
