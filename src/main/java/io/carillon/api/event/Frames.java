package io.carillon.api.event;

import io.carillon.api.json.JsonText;
import io.carillon.api.json.Rendering;
import io.carillon.job.LifecycleEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Optional;

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

  /**
   * Events have been lost to the client.
   *
   * @param after the position after which they are missing
   * @param resume where the client would resume; the position that it has where the log knows that
   */
  static Buffer gap(String after, String resume, Optional<String> oldest, Instant now) {
    return frame(resume, GAP, CloudEvent.gap(after, oldest, now));
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
