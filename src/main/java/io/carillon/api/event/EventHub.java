package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.engine.StoreUnavailable;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The clients of this replica that are told what happens, and the thread that reads it for them.
 */
@Singleton
public final class EventHub implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EventHub.class);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** A client that has not taken the end of its stream by then finds the connection closed. */
  private static final Duration MOST_WAIT_FOR_ENDS = Duration.ofMillis(200);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private final EventLog log;
  private final InstantSource clock;
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final Reader reader;
  private final Thread thread;
  private volatile boolean closed;
  private boolean failing;

  @Inject
  EventHub(EventLog log, InstantSource clock) {
    this(log, clock, System::nanoTime);
  }

  EventHub(EventLog log, InstantSource clock, LongSupplier nanoTime) {
    this.log = log;
    this.clock = clock;
    this.reader = new Reader(log, subscribers, clock, nanoTime);
    this.thread = new Thread(this::read, "carillon-events");
    thread.setDaemon(true);
    thread.start();
  }

  boolean isReading() {
    return thread.isAlive();
  }

  /** How many clients there are. */
  public int clients() {
    return subscribers.size();
  }

  /**
   * Begins a stream. Every event that happens from now on, or after {@code after}, is told.
   *
   * @param after the position of the last event that the client has seen
   * @return what to do when the client is gone
   * @throws StoreUnavailable when the log cannot be asked; the outlet is untouched then
   */
  Runnable open(EventFilter filter, Optional<String> after, Outlet outlet) {
    Cursor start =
        after.map(position -> Cursor.after(log, position)).orElseGet(() -> Cursor.atEnd(log));
    Outbox outbox = new Outbox(outlet);
    outbox.offer(Frames.OPENING);
    start
        .lostFrom()
        .map(lost -> Frames.gap(lost, start.position(), log.oldest(), clock.instant()))
        .ifPresent(outbox::offer);
    Subscriber subscriber = new Subscriber(filter, start, outbox);
    subscribers.add(subscriber);
    if (closed) {
      // Ended in the ordinary way, a client comes back after a moment; to another replica, then.
      subscriber.end();
    }
    LockSupport.unpark(thread);
    return () -> subscribers.remove(subscriber);
  }

  private void read() {
    while (!closed) {
      if (subscribers.isEmpty()) {
        LockSupport.park(this);
        reader.rest();
      } else {
        takeTurn();
      }
    }
  }

  private void takeTurn() {
    try {
      reader.turn();
      if (failing) {
        failing = false;
        LOG.info("events read again");
      }
    } catch (RuntimeException failure) {
      if (closed) {
        return;
      }
      if (!failing) {
        failing = true;
        report(failure);
      }
      LockSupport.parkNanos(this, AFTER_FAILURE.toNanos());
    }
  }

  private void report(RuntimeException failure) {
    if (failure instanceof StoreUnavailable) {
      LOG.warnf("events not read, clients=%s wait cause=%s", clients(), failure.getMessage());
    } else {
      LOG.errorf(failure, "events not read, clients=%s wait", clients());
    }
  }

  /** Before connections are closed, which happens before the engine is told. */
  void end(@Observes ShutdownDelayInitiatedEvent event) {
    close();
  }

  /**
   * Completes all streams, and waits a moment for it to be written. The thread ends by itself, at
   * the latest when its read does.
   */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    subscribers.forEach(Subscriber::end);
    long until = System.nanoTime() + MOST_WAIT_FOR_ENDS.toNanos();
    while (!subscribers.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(this, BETWEEN_LOOKS.toNanos());
    }
  }
}
