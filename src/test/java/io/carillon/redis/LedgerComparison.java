package io.carillon.redis;

import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.Ports;
import io.carillon.engine.twin.SettableClock;
import io.carillon.engine.twin.Snapshot;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.redis.RandomHistory.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts one random history to the model and to Redis, and compares after each step. */
final class LedgerComparison {

  private static final int STEPS = 60;

  private final RedisPorts redis;
  private final int historyKept;

  LedgerComparison(RedisPorts redis, int historyKept) {
    this.redis = redis;
    this.historyKept = historyKept;
  }

  /** What was told, without the place in the stream. */
  private record News(
      String type,
      Optional<String> job,
      List<String> tags,
      Optional<Run> run,
      Map<String, Object> details) {

    static News of(LifecycleEvent event) {
      return new News(event.type(), event.jobId(), event.tags(), event.run(), event.details());
    }
  }

  /** Reads what has been told since the last time. */
  private static final class Listener {
    private final Ports ports;
    private String position = "0-0";

    Listener(Ports ports) {
      this.ports = ports;
    }

    List<News> news() {
      List<LifecycleEvent> events = ports.events().after(position, 1_000, Duration.ZERO);
      if (!events.isEmpty()) {
        position = events.get(events.size() - 1).position();
      }
      return events.stream().map(News::of).toList();
    }
  }

  /** The first difference of a history, with how it came to it; empty when there is none. */
  Optional<String> firstDifference(long seed) {
    redis.reset();
    InMemoryLedger model = new InMemoryLedger(new SettableClock(), historyKept);
    RandomHistory history = new RandomHistory(seed, model);
    Listener toModel = new Listener(model);
    Listener toRedis = new Listener(redis);
    List<Step> past = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Step step = history.next();
      past.add(step);
      Object expected = step.ask().apply(model);
      Object actual = step.ask().apply(redis);
      history.learn(step, expected);
      String difference =
          difference("answer", expected, actual)
              + difference("events", toModel.news(), toRedis.news())
              + difference(model.snapshot(), RedisSnapshot.of(redis));
      if (!difference.isEmpty()) {
        return Optional.of(
            "seed %d, step %d:\n%s\nafter\n%s"
                .formatted(
                    seed,
                    i,
                    difference,
                    String.join("\n", past.stream().map(Step::toString).toList())));
      }
    }
    return Optional.empty();
  }

  private static String difference(String what, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? ""
        : "%s\n  model: %s\n  redis: %s\n".formatted(what, expected, actual);
  }

  private static String difference(Snapshot model, Snapshot redis) {
    return model.difference(redis);
  }
}
