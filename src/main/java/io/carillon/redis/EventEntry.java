package io.carillon.redis;

import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.carillon.redis.PackedRecord.Values;
import io.carillon.redis.Schema.EventField;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An entry of the stream of events, as {@code events.lua} writes it: the {@link Schema#EVENT}
 * records of one script, as fields and values by turns.
 *
 * @param last the position of the last event; those before it count back from there
 */
record EventEntry(EventPosition last, List<byte[]> told) {

  static EventEntry read(Response entry) {
    List<byte[]> told =
        entry.get(1).stream().map(Response::toBytes).filter(event -> event.length > 0).toList();
    return new EventEntry(EventPosition.parse(entry.get(0).toString()).orElseThrow(), told);
  }

  /** The position of the first event. */
  EventPosition first() {
    return position(0);
  }

  /** Its events, but for those up to the position. */
  Stream<LifecycleEvent> eventsAfter(EventPosition seen) {
    return IntStream.range(0, told.size())
        .filter(i -> position(i).compareTo(seen) > 0)
        .mapToObj(i -> event(position(i), Schema.EVENT.read(told.get(i))));
  }

  private EventPosition position(int i) {
    return last.back(told.size() - 1L - i);
  }

  private static LifecycleEvent event(EventPosition position, Values<EventField> told) {
    Optional<RunId> id = RunId.parse(told.text(EventField.RUN));
    return new LifecycleEvent(
        position.toString(),
        told.text(EventField.TYPE),
        Instant.ofEpochMilli(position.millis()),
        told.present(EventField.JOB),
        told.present(EventField.TAGS).map(tags -> List.of(tags.split(" "))).orElse(List.of()),
        id.map(run -> run(run, told)),
        details(told, id.isPresent()));
  }

  /** A reason is a text, whatever it is made of. */
  private static Map<String, Object> details(Values<EventField> told, boolean ofRun) {
    Map<String, Object> details = new LinkedHashMap<>();
    String[] named = told.text(EventField.DETAILS).split("\0", -1);
    for (int i = 0; i + 1 < named.length; i += 2) {
      String name = named[i];
      Texts.present(named[i + 1]).ifPresent(value -> details.put(name, detail(value)));
    }
    if (!ofRun) {
      told.present(EventField.REASON).ifPresent(reason -> details.put("reason", reason));
    }
    return details;
  }

  private static Object detail(String value) {
    boolean number = value.chars().allMatch(Character::isDigit) && value.length() < 19;
    return number ? (Object) Long.valueOf(value) : value;
  }

  private static Run run(RunId id, Values<EventField> told) {
    RunRecord record = RunRecord.read(told.bytes(EventField.RECORD));
    Optional<String> attempts = told.present(EventField.ATTEMPTS);
    return attempts.isPresent() || record.state().ended()
        ? record.run(
            id,
            told.instant(EventField.FINISHED),
            told.present(EventField.REASON),
            (int) told.number(EventField.MISSED),
            Attempts.read(attempts.orElse("")))
        : record.run(id, "");
  }
}
