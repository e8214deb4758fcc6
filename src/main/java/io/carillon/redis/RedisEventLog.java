package io.carillon.redis;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lifecycle events as a Redis stream, each entry of which tells many. */
public final class RedisEventLog implements EventLog {

  /** How many entries are read at once at the most, since each may tell hundreds of events. */
  private static final int MOST_ENTRIES = 64;

  private final String stream;
  private final RedisLink queries;
  private final RedisLink waiting;

  /**
   * @param waiting a link of its own, on which waiting for events holds nobody up
   */
  public RedisEventLog(RedisLink queries, RedisLink waiting, Partition partition) {
    this.stream = partition.keys().of(Keys.Known.EVENTS);
    this.queries = queries;
    this.waiting = waiting;
  }

  @Override
  public String end() {
    return queries.call(Command.XREVRANGE, stream, "+", "-", "COUNT", "1").stream()
        .findFirst()
        .map(entry -> entry.get(0).toString())
        .orElse("0-0");
  }

  @Override
  public Optional<String> oldest() {
    return entriesFrom("-", 1).stream().findFirst().map(entry -> entry.first().toString());
  }

  @Override
  public boolean isPosition(String text) {
    return EventPosition.parse(text).isPresent();
  }

  @Override
  public boolean before(String position, String other) {
    return parse(position).compareTo(parse(other)) < 0;
  }

  @Override
  public boolean follows(String position, String next) {
    return parse(next).count() == parse(position).count() + 1;
  }

  private static EventPosition parse(String position) {
    return EventPosition.parse(position).orElseThrow();
  }

  @Override
  public List<LifecycleEvent> after(String position, int max, Duration wait) {
    List<LifecycleEvent> there = after(position, max);
    if (!there.isEmpty() || wait.isZero()) {
      return there;
    }
    Request read =
        Request.cmd(Command.XREAD)
            .arg("COUNT")
            .arg(1)
            .arg("BLOCK")
            .arg(wait.toMillis())
            .arg("STREAMS")
            .arg(stream)
            .arg(position);
    Response news = RedisLink.await(waiting.send(read, wait));
    return news == null ? List.of() : after(position, max);
  }

  /** The entry that holds the position, if one does, ends at it or behind it. */
  private List<LifecycleEvent> after(String position, int max) {
    EventPosition seen = parse(position);
    List<LifecycleEvent> events = new ArrayList<>();
    String from = "(" + position;
    // One entry may be enough; where each tells little, it takes many.
    for (int entries = 1; events.size() < max; entries = Math.min(2 * entries, MOST_ENTRIES)) {
      List<EventEntry> found = entriesFrom(from, entries);
      found.stream()
          .flatMap(entry -> entry.eventsAfter(seen))
          .limit(max - events.size())
          .forEach(events::add);
      if (found.size() < entries) {
        break;
      }
      from = "(" + found.get(entries - 1).last();
    }
    return events;
  }

  private List<EventEntry> entriesFrom(String from, int count) {
    return queries
        .call(Command.XRANGE, stream, from, "+", "COUNT", Integer.toString(count))
        .stream()
        .map(EventEntry::read)
        .toList();
  }
}
