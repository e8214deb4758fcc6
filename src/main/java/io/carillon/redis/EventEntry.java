package io.carillon.redis;

import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An entry of the stream of events, as {@code events.lua} writes it: what one script told, each
 * event a list of its type, job, tags, run and record, then of names and values.
 *
 * @param last the position of the last event; those before it count back from there
 */
record EventEntry(EventPosition last, JsonArray told) {

  /** What is told of a run in a place of its own. */
  private static final Set<String> OF_THE_RUN = Set.of("reason", "finished", "attempts", "missed");

  static EventEntry read(StreamEntry entry) {
    return new EventEntry(
        EventPosition.parse(entry.id()).orElseThrow(), new JsonArray(entry.text("events")));
  }

  /** The position of the first event. */
  EventPosition first() {
    return position(0);
  }

  /** Its events, but for those up to the position. */
  Stream<LifecycleEvent> eventsAfter(EventPosition seen) {
    return IntStream.range(0, told.size())
        .filter(i -> position(i).compareTo(seen) > 0)
        .mapToObj(i -> event(position(i), told.getJsonArray(i)));
  }

  private EventPosition position(int i) {
    return last.back(told.size() - 1L - i);
  }

  private static LifecycleEvent event(EventPosition position, JsonArray told) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 5; i < told.size(); i += 2) {
      String name = told.getString(i);
      Texts.present(told.getString(i + 1)).ifPresent(value -> named.put(name, value));
    }
    Map<String, String> ofTheRun = new HashMap<>();
    Optional<RunId> id = RunId.parse(told.getString(3));
    if (id.isPresent()) {
      OF_THE_RUN.forEach(name -> ofTheRun.put(name, named.remove(name)));
    }
    return new LifecycleEvent(
        position.toString(),
        told.getString(0),
        Instant.ofEpochMilli(position.millis()),
        Texts.present(told.getString(1)),
        Texts.present(told.getString(2)).map(tags -> List.of(tags.split(" "))).orElse(List.of()),
        id.map(run -> run(run, RunRecord.read(told.getString(4)), ofTheRun)),
        details(named));
  }

  /** A reason is a text, whatever it is made of. */
  private static Map<String, Object> details(Map<String, String> named) {
    Map<String, Object> details = new LinkedHashMap<>();
    named.forEach(
        (name, value) -> {
          boolean number =
              !name.equals("reason")
                  && value.chars().allMatch(Character::isDigit)
                  && value.length() < 19;
          details.put(name, number ? (Object) Long.valueOf(value) : value);
        });
    return details;
  }

  private static Run run(RunId id, RunRecord record, Map<String, String> told) {
    Optional<String> attempts = Texts.present(told.get("attempts"));
    return attempts.isPresent() || record.state().ended()
        ? record.run(
            id,
            Texts.present(told.get("finished")).map(Texts::instant),
            Texts.present(told.get("reason")),
            Texts.present(told.get("missed")).map(Integer::parseInt).orElse(0),
            Attempts.read(attempts.orElse("")))
        : record.run(id, "");
  }
}
