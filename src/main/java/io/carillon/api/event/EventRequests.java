package io.carillon.api.event;

import io.carillon.api.Parameters;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.engine.EventLog;
import io.carillon.schedule.EventTypes;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what clients want to follow. */
@Singleton
public class EventRequests {

  private final EventStreams streams;
  private final EventLog log;

  EventRequests(EventStreams streams, EventLog log) {
    this.streams = streams;
    this.log = log;
  }

  /** The stream that is asked for; what is wrong with the request is thrown before it begins. */
  Multi<OutboundSseEvent> open(
      Parameters query,
      String types,
      Optional<String> jobId,
      String tag,
      String after,
      String lastEventId,
      Sse sse) {
    EventFilter filter = new EventFilter(patterns(query, types), jobId, query.tag("tag", tag));
    Optional<String> from =
        position(query, "Last-Event-ID", lastEventId).or(() -> position(query, "after", after));
    query.check();
    return streams.open(filter, from).map(frame -> frame.toEvent(sse));
  }

  private static List<String> patterns(Parameters query, String types) {
    if (types == null) {
      return List.of();
    }
    List<String> patterns = Arrays.stream(types.split(",", -1)).map(String::strip).toList();
    patterns.stream()
        .filter(pattern -> !EventTypes.known(pattern))
        .forEach(
            pattern ->
                query.add("types", Codes.UNKNOWN, Quoted.of(pattern) + " matches no event type."));
    return patterns;
  }

  private Optional<String> position(Parameters query, String name, String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    if (!log.isPosition(text)) {
      query.add(name, Codes.MALFORMED, Quoted.of(text) + " is no position in the stream.");
    }
    return Optional.of(text);
  }
}
