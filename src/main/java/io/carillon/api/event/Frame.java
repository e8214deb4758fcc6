package io.carillon.api.event;

import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.job.LifecycleEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.Optional;

/** What clients are told: written once, sent to many. */
sealed interface Frame {

  /** Tells browsers how long to wait before they come back, in milliseconds. */
  int RETRY_MS = 3_000;

  OutboundSseEvent toEvent(Sse sse);

  /**
   * An event.
   *
   * @param position where a client that comes back goes on; empty where it must not move
   * @param cause what happened, for filters; empty for what concerns the stream itself
   */
  record Told(Optional<String> position, String name, String data, Optional<LifecycleEvent> cause)
      implements Frame {

    static Told of(LifecycleEvent event) {
      return new Told(
          Optional.of(event.position()),
          event.type(),
          JsonText.of(Rendering.of(CloudEvent.of(event))),
          Optional.of(event));
    }

    static Told gap(String after, String oldest, Instant now) {
      String data = JsonText.of(Rendering.of(CloudEvent.gap(after, oldest, now)));
      return new Told(Optional.empty(), "gap", data, Optional.empty());
    }

    @Override
    public OutboundSseEvent toEvent(Sse sse) {
      OutboundSseEvent.Builder event = sse.newEventBuilder().name(name).data(String.class, data);
      position.ifPresent(event::id);
      return event.build();
    }
  }

  /** The first frame: the connection stands. */
  record Hello() implements Frame {
    @Override
    public OutboundSseEvent toEvent(Sse sse) {
      return sse.newEventBuilder().comment("carillon").reconnectDelay(RETRY_MS).build();
    }
  }

  /** The connection still stands. */
  record Heartbeat() implements Frame {
    @Override
    public OutboundSseEvent toEvent(Sse sse) {
      return sse.newEventBuilder().comment("heartbeat").build();
    }
  }
}
