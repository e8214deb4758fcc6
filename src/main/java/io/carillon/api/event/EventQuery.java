package io.carillon.api.event;

import io.carillon.api.Parameters;
import io.carillon.api.json.Codes;
import io.carillon.api.json.Quoted;
import io.carillon.engine.EventLog;
import io.carillon.schedule.EventTypes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what a client wants to be told, and from where on. */
final class EventQuery {

  static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Parameters parameters = new Parameters();

  /** Types by patterns such as {@code run.*}, several of them separated by commas. */
  Set<String> types(String patterns) {
    Set<String> types = new LinkedHashSet<>();
    if (patterns != null) {
      Arrays.stream(patterns.split(",", -1)).forEach(pattern -> addTypes(pattern.strip(), types));
    }
    return types;
  }

  private void addTypes(String pattern, Set<String> types) {
    if (EventTypes.known(pattern)) {
      EventTypes.ALL.stream().filter(type -> EventTypes.matches(pattern, type)).forEach(types::add);
    } else {
      parameters.add(
          "types",
          Codes.UNKNOWN,
          Quoted.of(pattern) + " matches no event type; the types are " + known() + ".");
    }
  }

  private static String known() {
    return EventTypes.ALL.stream().collect(Collectors.joining(", "));
  }

  Optional<String> jobId(String text) {
    return parameters.jobId("job", text);
  }

  List<String> tags(List<String> texts) {
    return parameters.tags("tag", texts);
  }

  /**
   * The position to resume from. The header has the last word: a browser that comes back asks with
   * the query it began with.
   *
   * @param lastEventId empty when the client has seen none yet (HTML standard, 9.2.3)
   */
  Optional<String> position(String lastEventId, String after, EventLog log) {
    Optional<String> seen =
        Optional.ofNullable(lastEventId)
            .filter(id -> !id.isEmpty())
            .flatMap(id -> read(LAST_EVENT_ID, id, log));
    Optional<String> asked =
        Optional.ofNullable(after).flatMap(position -> read("after", position, log));
    return seen.or(() -> asked);
  }

  private Optional<String> read(String name, String text, EventLog log) {
    if (log.isPosition(text)) {
      return Optional.of(text);
    }
    parameters.add(
        name, Codes.MALFORMED, Quoted.of(text) + " is not a position in the event stream.");
    return Optional.empty();
  }

  /** Refuses the request if anything is wrong with it. */
  void check() {
    parameters.check();
  }
}
