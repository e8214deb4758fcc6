package io.carillon.api.event;

import io.carillon.job.LifecycleEvent;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** One client. All but its outbox belongs to the thread that reads. */
final class Subscriber {

  private final EventFilter filter;
  private final Outbox outbox;
  private Optional<Cursor> own;
  private String told;

  /**
   * @param start where it begins to read, by itself until it is level with everybody
   */
  Subscriber(EventFilter filter, Cursor start, Outbox outbox) {
    this.filter = filter;
    this.outbox = outbox;
    this.own = Optional.of(start);
    this.told = start.position();
  }

  /** Where it reads by itself; empty when it is told what everybody is told. */
  Optional<Cursor> own() {
    return own;
  }

  void joinTheOthers() {
    own = Optional.empty();
  }

  boolean wants(LifecycleEvent event) {
    return filter.accepts(event);
  }

  /**
   * Tells it something.
   *
   * @param position what the client's last event id is afterwards
   * @return false when it is too slow for that
   */
  boolean tell(String position, Buffer frame) {
    told = position;
    return outbox.offer(frame);
  }

  /**
   * Tells it that the connection lives.
   *
   * @param reached up to where it has been told all that it wants
   * @return false when it does not take what it is told
   */
  boolean heartbeat(String reached) {
    Buffer frame = told.equals(reached) ? Frames.HEARTBEAT : Frames.heartbeat(reached);
    return !outbox.stalled() && tell(reached, frame);
  }

  int room() {
    return outbox.room();
  }

  void end() {
    outbox.end();
  }

  void cut() {
    outbox.cut();
  }
}
