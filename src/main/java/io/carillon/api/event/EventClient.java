package io.carillon.api.event;

import io.carillon.job.LifecycleEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import java.util.concurrent.ArrayBlockingQueue;

/** Somebody who listens, and what has been told but not sent yet. */
final class EventClient {

  /** More than this unsent, and the client is too slow. */
  static final int BUFFER = 1_000;

  private final EventFilter filter;
  private final UnicastProcessor<Frame> live =
      UnicastProcessor.create(new ArrayBlockingQueue<>(BUFFER), null);

  private volatile boolean gone;

  EventClient(EventFilter filter) {
    this.filter = filter;
  }

  boolean wants(LifecycleEvent event) {
    return filter.matches(event);
  }

  /** To be called by one thread at a time; the stream fails when the buffer is full. */
  void tell(Frame frame) {
    live.onNext(frame);
  }

  void end() {
    live.onComplete();
  }

  /** It does not listen any more. */
  void leave() {
    gone = true;
  }

  boolean isGone() {
    return gone;
  }

  /** What it is told, in order; to be subscribed to once. */
  Multi<Frame> live() {
    return live;
  }
}
