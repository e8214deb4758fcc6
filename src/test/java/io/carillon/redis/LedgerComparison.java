package io.carillon.redis;

import io.carillon.engine.LedgerSteps;
import io.carillon.engine.twin.InMemoryLedger;
import io.carillon.engine.twin.SettableClock;
import io.carillon.job.LifecycleEvent;
import io.carillon.job.Run;
import io.carillon.redis.RandomHistory.Step;
import io.carillon.redis.RedisSnapshot.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Puts one random history to the model and to Redis, and compares after each step. */
final class LedgerComparison {

  private static final int STEPS = 100;

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

    static List<News> of(List<LifecycleEvent> events) {
      return events.stream()
          .map(
              event ->
                  new News(event.type(), event.jobId(), event.tags(), event.run(), event.details()))
          .toList();
    }
  }

  /** The first difference of a history, with how it came to it; empty when there is none. */
  Optional<String> firstDifference(long seed) {
    redis.reset();
    InMemoryLedger model = new InMemoryLedger(new SettableClock(), historyKept);
    RandomHistory history = new RandomHistory(seed, model);
    String told = "0-0";
    String toldByRedis = "0-0";
    List<Step> past = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Step step = history.next();
      past.add(step);
      Object expected = step.answerOf(model);
      Object actual = step.answerOf(redis);
      history.learn(step, expected);
      List<LifecycleEvent> news = model.events().after(told, 1_000, Duration.ZERO);
      Reading reading = RedisSnapshot.after(toldByRedis, redis);
      String difference =
          difference("answer", expected, actual)
              + difference("events", News.of(news), News.of(reading.events()))
              + model.snapshot().difference(reading.snapshot());
      told = lastOf(news, told);
      toldByRedis = lastOf(reading.events(), toldByRedis);
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
    return soundness(seed, model);
  }

  /** Neither finds anything in itself; the model is asked too, since it is easier to understand. */
  private Optional<String> soundness(long seed, InMemoryLedger model) {
    String found =
        difference("model's audit", List.of(), new LedgerSteps(model).violations())
            + difference("audit of Redis", List.of(), new LedgerSteps(redis).violations());
    return found.isEmpty() ? Optional.empty() : Optional.of("seed %d:\n%s".formatted(seed, found));
  }

  private static String difference(String what, Object expected, Object actual) {
    return Objects.equals(expected, actual)
        ? ""
        : "%s\n  expected: %s\n  actual:   %s\n".formatted(what, expected, actual);
  }

  private static String lastOf(List<LifecycleEvent> events, String before) {
    return events.isEmpty() ? before : events.get(events.size() - 1).position();
  }
}
