package io.carillon.api.event;

import io.carillon.api.event.Cursor.Page;
import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Reads the log for all clients, turn by turn; to be used by one thread. */
final class Reader {

  private static final Logger LOG = Logger.getLogger(Reader.class);

  static final Duration BETWEEN_HEARTBEATS = Duration.ofSeconds(15);

  /** How many events are read at once; an outbox takes a few times as many. */
  static final int PAGE = 256;

  /**
   * How long news are waited for; also what a client that resumes may have to wait for its turn.
   */
  private static final Duration USUAL_WAIT = Duration.ofMillis(200);

  /** The same while a client that is behind takes what it was sent. */
  private static final Duration SHORT_WAIT = Duration.ofMillis(10);

  private final EventLog log;
  private final Collection<Subscriber> subscribers;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private Optional<Cursor> common = Optional.empty();
  private long lastHeartbeat;

  /**
   * @param subscribers the clients at any time; one that is cut off is removed
   */
  Reader(
      EventLog log,
      Collection<Subscriber> subscribers,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.log = log;
    this.subscribers = subscribers;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.lastHeartbeat = nanoTime.getAsLong();
  }

  /** Nobody was there: whoever comes now begins at the present end of the log. */
  void rest() {
    common = Optional.empty();
    lastHeartbeat = nanoTime.getAsLong();
  }

  /** One turn: those who are behind are read to, then everybody is told what is new. */
  void turn() {
    Cursor level = common.orElseGet(() -> Cursor.atEnd(log));
    common = Optional.of(level);
    Duration wait = USUAL_WAIT;
    for (Subscriber subscriber : subscribers) {
      if (subscriber.own().isPresent()) {
        Duration until = bringOn(subscriber, subscriber.own().get(), level);
        wait = until.compareTo(wait) < 0 ? until : wait;
      }
    }
    tellAll(level.read(PAGE, wait), level);
    if (nanoTime.getAsLong() - lastHeartbeat >= BETWEEN_HEARTBEATS.toNanos()) {
      lastHeartbeat = nanoTime.getAsLong();
      subscribers.forEach(subscriber -> heartbeat(subscriber, level));
    }
  }

  /**
   * Reads on to a client that is not level with the others yet.
   *
   * @return how soon it should have its next turn
   */
  private Duration bringOn(Subscriber subscriber, Cursor own, Cursor level) {
    if (own.isAt(level)) {
      subscriber.joinTheOthers();
      return USUAL_WAIT;
    }
    if (level.isBefore(own)) {
      // It has heard from another replica what is still to be read here, which happens this turn.
      return SHORT_WAIT;
    }
    if (subscriber.room() <= PAGE) {
      return SHORT_WAIT;
    }
    Page page = own.read(PAGE, Duration.ZERO);
    page.oldest().ifPresent(oldest -> tellGap(subscriber, own, oldest));
    for (LifecycleEvent event : page.events()) {
      if (level.isBefore(event.position())) {
        subscriber.joinTheOthers();
        return USUAL_WAIT;
      }
      own.moveTo(event.position());
      if (subscriber.wants(event)) {
        tell(subscriber, event.position(), Frames.of(event));
      }
    }
    if (page.events().size() < PAGE) {
      subscriber.joinTheOthers();
      return USUAL_WAIT;
    }
    return Duration.ZERO;
  }

  private void tellAll(Page page, Cursor level) {
    page.oldest()
        .ifPresent(
            oldest ->
                subscribers.stream()
                    .filter(subscriber -> subscriber.own().isEmpty())
                    .forEach(subscriber -> tellGap(subscriber, level, oldest)));
    for (LifecycleEvent event : page.events()) {
      level.moveTo(event.position());
      tellAll(event);
    }
  }

  private void tellAll(LifecycleEvent event) {
    Buffer frame = null;
    for (Subscriber subscriber : subscribers) {
      if (subscriber.own().isEmpty() && subscriber.wants(event)) {
        frame = frame == null ? Frames.of(event) : frame;
        tell(subscriber, event.position(), frame);
      }
    }
  }

  private void tellGap(Subscriber subscriber, Cursor after, String oldest) {
    String from = after.position();
    tell(subscriber, from, Frames.gap(from, from, Optional.of(oldest), clock.instant()));
  }

  private void tell(Subscriber subscriber, String position, Buffer frame) {
    if (!subscriber.tell(position, frame)) {
      cut(subscriber, "outbox-full");
    }
  }

  private void heartbeat(Subscriber subscriber, Cursor level) {
    if (!subscriber.heartbeat(subscriber.own().orElse(level).position())) {
      cut(subscriber, "takes-nothing");
    }
  }

  private void cut(Subscriber subscriber, String reason) {
    if (subscribers.remove(subscriber)) {
      LOG.infof("event client cut off reason=%s", reason);
      subscriber.cut();
    }
  }
}
