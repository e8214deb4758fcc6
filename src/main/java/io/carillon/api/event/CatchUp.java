package io.carillon.api.event;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import java.time.Duration;
import java.util.List;

/** Reads from the log what a client missed, until it has come to where the hub is, and joins it. */
final class CatchUp {

  private static final int BATCH = 200;

  private final EventLog log;
  private final EventHub hub;
  private final EventClient client;
  private String position;
  private volatile boolean joined;

  CatchUp(EventLog log, EventHub hub, EventClient client, String position) {
    this.log = log;
    this.hub = hub;
    this.client = client;
    this.position = position;
  }

  /** Whether the hub tells the client from now on. */
  boolean hasJoined() {
    return joined;
  }

  /** The next of what was missed; blocks for a moment. */
  List<Frame> next() {
    List<LifecycleEvent> events = log.after(position, BATCH, Duration.ZERO);
    if (events.isEmpty()) {
      joined = hub.join(client, position);
      return List.of();
    }
    position = events.get(events.size() - 1).position();
    return events.stream().filter(client::wants).<Frame>map(Frame.Told::of).toList();
  }
}
