package io.carillon.api.event;

import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.job.LifecycleEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/** What is written into a stream of server-sent events, in the format of the HTML standard, 9.2. */
final class Frames {

  /** The type of the event that tells of lost events. */
  static final String GAP = "gap";

  /** What a stream begins with; also how long to wait, in ms, before connecting again. */
  static final Buffer OPENING = Buffer.buffer(": carillon\nretry: 3000\n\n");

  static final Buffer HEARTBEAT = Buffer.buffer(": \n\n");

  private Frames() {}

  static Buffer of(LifecycleEvent event) {
    return frame(event.position(), event.type(), CloudEvent.of(event));
  }

  /** Repeats the position that the client has, so that it would resume from there once more. */
  static Buffer gap(String after, String oldest, Instant now) {
    return frame(after, GAP, CloudEvent.gap(after, oldest, now));
  }

  /**
   * A heartbeat that moves the client's last event id without being an event, so that a client to
   * whom little is of interest does not seem to have fallen behind when it comes back.
   */
  static Buffer heartbeat(String position) {
    return Buffer.buffer(": \nid: " + position + "\n\n");
  }

  private static Buffer frame(String position, String type, CloudEvent data) {
    return Buffer.buffer(
        "id: "
            + position
            + "\nevent: "
            + type
            + "\ndata: "
            + JsonText.of(Rendering.of(data))
            + "\n\n");
  }
}
