package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.engine.StoreUnavailable;
import io.carillon.job.LifecycleEvent;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells all clients of this replica what happens: one thread reads the log, and only while somebody
 * listens.
 */
@Singleton
public class EventHub {

  private static final Logger LOG = Logger.getLogger(EventHub.class);

  private static final int BATCH = 500;
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final EventLog log;

  /**
   * Each client with the position up to which it knows everything. A client may leave when told.
   */
  private final Map<EventClient, String> clients = new ConcurrentHashMap<>();

  /** Up to where everybody has been told; has no meaning while nobody listens. */
  private String position = "";

  private boolean started;
  private boolean ended;
  private long lastHeartbeat = System.nanoTime();

  EventHub(EventLog log) {
    this.log = log;
  }

  /**
   * From now on tells a client everything after a position.
   *
   * @return false when the hub is past it, so that the client has to catch up first
   */
  synchronized boolean join(EventClient client, String from) {
    if (ended || client.isGone()) {
      client.end();
      return true;
    }
    if (clients.isEmpty()) {
      position = from;
    } else if (log.before(from, position)) {
      return false;
    }
    clients.put(client, from);
    start();
    notifyAll();
    return true;
  }

  synchronized void leave(EventClient client) {
    client.leave();
    clients.remove(client);
  }

  /** How many clients of this replica listen. */
  public synchronized int clients() {
    return clients.size();
  }

  /** Where the service waits before it ends, streams end at the beginning of that wait. */
  void endEarly(@Observes ShutdownDelayInitiatedEvent event) {
    end();
  }

  void end(@Observes @Priority(1000) ShutdownEvent event) {
    end();
  }

  /** Ends all streams, those that are about to begin included. */
  synchronized void end() {
    ended = true;
    clients.keySet().forEach(EventClient::end);
    clients.clear();
    notifyAll();
  }

  private void start() {
    if (!started) {
      started = true;
      Thread reader = new Thread(this::read, "carillon-event-hub");
      reader.setDaemon(true);
      reader.start();
    }
  }

  private void read() {
    boolean available = true;
    while (awaitClients()) {
      try {
        String from = position();
        tell(from, log.after(from, BATCH, WAIT));
        available = true;
      } catch (StoreUnavailable unavailable) {
        if (available) {
          LOG.warnf("events delayed cause=%s", unavailable.getMessage());
        }
        available = false;
        rest();
      } catch (RuntimeException failure) {
        LOG.error("events delayed", failure);
        rest();
      }
      keepAlive();
    }
  }

  private synchronized String position() {
    return position;
  }

  /**
   * @return false when the hub has ended
   */
  private synchronized boolean awaitClients() {
    try {
      while (!ended && clients.isEmpty()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    return !ended;
  }

  private synchronized void rest() {
    try {
      if (!ended) {
        wait(WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
  }

  private synchronized void tell(String from, List<LifecycleEvent> events) {
    // Everybody may have left and others come, from elsewhere, while the log was being read.
    if (events.isEmpty() || !from.equals(position)) {
      return;
    }
    for (LifecycleEvent event : events) {
      tell(event);
    }
    position = events.get(events.size() - 1).position();
  }

  private void tell(LifecycleEvent event) {
    Frame frame = null;
    for (Map.Entry<EventClient, String> client : clients.entrySet()) {
      boolean news = log.before(client.getValue(), event.position());
      if (news && client.getKey().wants(event)) {
        frame = frame == null ? Frame.Told.of(event) : frame;
        client.getKey().tell(frame);
      }
    }
  }

  private synchronized void keepAlive() {
    if (System.nanoTime() - lastHeartbeat >= HEARTBEAT_NANOS) {
      lastHeartbeat = System.nanoTime();
      clients.keySet().forEach(client -> client.tell(new Frame.Heartbeat()));
    }
  }
}
