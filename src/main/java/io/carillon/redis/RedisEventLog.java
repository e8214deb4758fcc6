package io.carillon.redis;

import io.carillon.engine.EventLog;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.job.RunId;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The lifecycle events as a Redis stream; the ids of its entries are the positions. */
public final class RedisEventLog implements EventLog {

  private static final String STREAM = Keys.Known.EVENTS.key();
  private static final Pattern POSITION = Pattern.compile("\\d{1,19}-\\d{1,19}");

  /** What is told in a place of its own. */
  private static final Set<String> PLACED =
      Set.of("type", "job", "tags", "run", "record", "reason", "finished", "attempts", "missed");

  private final RedisLink queries;
  private final RedisLink waiting;

  /**
   * @param waiting a link of its own, on which waiting for events holds nobody up
   */
  public RedisEventLog(RedisLink queries, RedisLink waiting) {
    this.queries = queries;
    this.waiting = waiting;
  }

  @Override
  public String end() {
    return first(queries.call(Command.XREVRANGE, STREAM, "+", "-", "COUNT", "1")).orElse("0-0");
  }

  @Override
  public Optional<String> oldest() {
    return first(queries.call(Command.XRANGE, STREAM, "-", "+", "COUNT", "1"));
  }

  private static Optional<String> first(Response entries) {
    return entries.stream().findFirst().map(entry -> entry.get(0).toString());
  }

  @Override
  public boolean isPosition(String text) {
    return POSITION.matcher(text).matches() && parse(text).isPresent();
  }

  @Override
  public boolean before(String position, String other) {
    return parse(position).orElseThrow().compareTo(parse(other).orElseThrow()) < 0;
  }

  @Override
  public List<LifecycleEvent> after(String position, int max, Duration wait) {
    if (wait.isZero()) {
      return queries
          .call(Command.XRANGE, STREAM, "(" + position, "+", "COUNT", Integer.toString(max))
          .stream()
          .map(StreamEntry::read)
          .map(RedisEventLog::event)
          .toList();
    }
    List<LifecycleEvent> there = after(position, max, Duration.ZERO);
    if (!there.isEmpty()) {
      return there;
    }
    Request read =
        Request.cmd(Command.XREAD)
            .arg("COUNT")
            .arg(1)
            .arg("BLOCK")
            .arg(wait.toMillis())
            .arg("STREAMS")
            .arg(STREAM)
            .arg(position);
    Response news = RedisLink.await(waiting.send(read, wait));
    return news == null ? List.of() : after(position, max, Duration.ZERO);
  }

  static LifecycleEvent event(StreamEntry entry) {
    Map<String, Object> details = new LinkedHashMap<>();
    entry.fields().forEach((field, value) -> addDetail(details, field, value));
    Optional<Run> run = entry.present("run").flatMap(RunId::parse).map(id -> run(id, entry));
    if (run.isEmpty()) {
      entry.present("reason").ifPresent(reason -> details.put("reason", reason));
    }
    return new LifecycleEvent(
        entry.id(),
        entry.text("type"),
        Instant.ofEpochMilli(parse(entry.id()).orElseThrow().millis()),
        entry.present("job"),
        entry.present("tags").map(tags -> List.of(tags.split(" "))).orElse(List.of()),
        run,
        details);
  }

  private static void addDetail(Map<String, Object> details, String field, String value) {
    if (!PLACED.contains(field) && !value.isEmpty()) {
      boolean number = value.chars().allMatch(Character::isDigit) && value.length() < 19;
      details.put(field, number ? (Object) Long.valueOf(value) : value);
    }
  }

  private static Run run(RunId id, StreamEntry entry) {
    RunRecord record = RunRecord.read(entry.text("record"));
    return entry.present("attempts").isPresent() || record.state().ended()
        ? record.run(
            id,
            entry.present("finished").map(Texts::instant),
            entry.present("reason"),
            entry.present("missed").map(Integer::parseInt).orElse(0),
            RunRecord.readAttempts(entry.text("attempts")))
        : record.run(id, "");
  }

  private record Position(long millis, long sequence) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int byTime = Long.compare(millis, other.millis);
      return byTime == 0 ? Long.compare(sequence, other.sequence) : byTime;
    }
  }

  private static Optional<Position> parse(String id) {
    int dash = id.indexOf('-');
    try {
      return Optional.of(
          new Position(
              Long.parseLong(id.substring(0, dash)), Long.parseLong(id.substring(dash + 1))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
