package io.carillon.api.event;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * What one client has to be sent still, bounded. Frames are shared between the outboxes of all
 * clients, so a waiting one costs hardly more than its place in line.
 */
final class Outbox {

  /** The most frames that wait. */
  static final int CAPACITY = 1024;

  /** So many bytes are written at once where as many wait; each write is a system call. */
  private static final int WRITTEN_AT_ONCE = 64 * 1024;

  private static final long NOTHING_WAITED = -1;

  private final Outlet outlet;
  private final Queue<Buffer> waiting = new ArrayDeque<>();
  private boolean draining;
  private boolean ending;
  private long taken;
  private long takenWhenLastAsked = NOTHING_WAITED;

  Outbox(Outlet outlet) {
    this.outlet = outlet;
  }

  /**
   * Has a frame sent.
   *
   * @return false when there is no room for it
   */
  synchronized boolean offer(Buffer frame) {
    if (waiting.size() >= CAPACITY) {
      return false;
    }
    waiting.add(frame);
    drainSoon();
    return true;
  }

  synchronized int room() {
    return CAPACITY - waiting.size();
  }

  /** Whether something waited already when this was asked last, and nothing was sent since. */
  synchronized boolean stalled() {
    boolean stalled = taken == takenWhenLastAsked;
    takenWhenLastAsked = waiting.isEmpty() ? NOTHING_WAITED : taken;
    return stalled;
  }

  /** Ends the stream after what waits. */
  synchronized void end() {
    ending = true;
    drainSoon();
  }

  /** Ends the connection now; what waits is not sent. */
  void cut() {
    outlet.run(outlet::cut);
  }

  private void drainSoon() {
    if (!draining) {
      draining = true;
      outlet.run(this::drain);
    }
  }

  private void drain() {
    while (!outlet.isFull()) {
      Optional<Buffer> frames = take();
      if (frames.isEmpty()) {
        endIfAsked();
        return;
      }
      outlet.write(frames.get());
    }
    outlet.whenRoom(this::drain);
  }

  /** As much as is written at once; nothing when nothing waits, and then this round is over. */
  private synchronized Optional<Buffer> take() {
    Buffer first = waiting.poll();
    draining = first != null;
    if (first == null) {
      return Optional.empty();
    }
    taken++;
    if (waiting.isEmpty()) {
      return Optional.of(first);
    }
    Buffer together = Buffer.buffer(WRITTEN_AT_ONCE).appendBuffer(first);
    while (!waiting.isEmpty() && together.length() < WRITTEN_AT_ONCE) {
      together.appendBuffer(waiting.poll());
    }
    return Optional.of(together);
  }

  private void endIfAsked() {
    boolean ends;
    synchronized (this) {
      ends = ending;
    }
    if (ends) {
      outlet.end();
    }
  }
}
