package io.carillon.api.job;

import io.carillon.job.ConcurrencyPolicy;
import io.carillon.job.Definition;
import io.carillon.job.Guard;
import io.carillon.job.MisfirePolicy;
import io.carillon.job.RetryPolicy;
import io.carillon.job.StatusPattern;
import io.carillon.job.Target;
import io.carillon.schedule.CronSchedule;
import io.carillon.schedule.DailySchedule;
import io.carillon.schedule.DstPolicy;
import io.carillon.schedule.DurationSchedule;
import io.carillon.schedule.EventSchedule;
import io.carillon.schedule.From;
import io.carillon.schedule.MonthlySchedule;
import io.carillon.schedule.NamedZone;
import io.carillon.schedule.OnceSchedule;
import io.carillon.schedule.RandomDurationSchedule;
import io.carillon.schedule.Schedule;
import io.carillon.schedule.WeeklySchedule;
import io.carillon.schedule.ZoneNames;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Definitions of every kind, as legal as they are unlikely. */
final class ArbitraryDefinitions {

  private ArbitraryDefinitions() {}

  static Arbitrary<Definition> definitions() {
    return Combinators.combine(
            Combinators.combine(text().optional(), text().optional(), tags())
                .as((name, description, tags) -> new Words(name, description, tags)),
            schedules(),
            Combinators.combine(
                    instants().optional(),
                    instants().filter(end -> end.isAfter(Instant.EPOCH)).optional(),
                    Arbitraries.integers().greaterOrEqual(1).optional(),
                    Arbitraries.of(true, false),
                    durations(0, 86_400_000))
                .as(Window::new)
                .filter(Window::isOpen),
            targets(),
            Combinators.combine(guards().optional(), retries(), limits().optional(), misfires())
                .as(Policies::new),
            Arbitraries.integers().between(1, 1_000).optional())
        .as(
            (words, schedule, window, target, policies, pauseAfter) ->
                new Definition(
                    words.name,
                    words.description,
                    words.tags,
                    schedule,
                    window.startAt,
                    window.endAt,
                    window.maxRuns,
                    window.runOnCreate,
                    window.jitter,
                    target,
                    policies.guard,
                    policies.retry,
                    policies.limit,
                    policies.misfire,
                    pauseAfter));
  }

  private record Words(Optional<String> name, Optional<String> description, List<String> tags) {}

  private record Window(
      Optional<Instant> startAt,
      Optional<Instant> endAt,
      Optional<Integer> maxRuns,
      boolean runOnCreate,
      Duration jitter) {

    boolean isOpen() {
      return startAt.flatMap(start -> endAt.map(start::isBefore)).orElse(true);
    }
  }

  private record Policies(
      Optional<Guard> guard,
      RetryPolicy retry,
      Optional<ConcurrencyPolicy> limit,
      MisfirePolicy misfire) {}

  private static Arbitrary<Schedule> schedules() {
    return Arbitraries.oneOf(
        Combinators.combine(intervals(), Arbitraries.of(From.class)).as(DurationSchedule::new),
        Combinators.combine(intervals(), intervals(), Arbitraries.of(From.class))
            .as((min, more, from) -> new RandomDurationSchedule(min, min.plus(more), from)),
        Combinators.combine(
                Arbitraries.of("0 2 * * *", "*/5 * * * * *", "0 0 L * ?", "@every 90s", "@daily"),
                zones(),
                clockChanges())
            .as(CronSchedule::new),
        Combinators.combine(Arbitraries.integers().between(1, 99), times(), zones(), clockChanges())
            .as(DailySchedule::new),
        Combinators.combine(
                Arbitraries.integers().between(1, 99),
                Arbitraries.of(DayOfWeek.class).list().ofMinSize(1).ofMaxSize(4),
                times(),
                Arbitraries.of(DayOfWeek.class),
                zones(),
                clockChanges())
            .as(WeeklySchedule::new),
        Combinators.combine(
                Arbitraries.integers().between(1, 99),
                Arbitraries.integers()
                    .between(-31, 31)
                    .filter(day -> day != 0)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(4),
                times(),
                zones(),
                clockChanges())
            .as(MonthlySchedule::new),
        instants().list().ofMaxSize(5).map(OnceSchedule::new),
        Combinators.combine(
                Arbitraries.of("run.failed", "job.*", "*").list().ofMinSize(1).ofMaxSize(3),
                Arbitraries.of("a", "b-1").list().ofMaxSize(2),
                tags())
            .as(EventSchedule::new));
  }

  private static Arbitrary<Target> targets() {
    return Combinators.combine(
            Arbitraries.of("http://127.0.0.1:9/a?b=c%20d", "https://example.com").map(URI::create),
            Arbitraries.of("POST", "GET", "PUT"),
            headers(),
            bodies().optional(),
            durations(100, 1_800_000),
            Arbitraries.of("2xx", "204", "3xx")
                .map(StatusPattern::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2),
            Arbitraries.of(Target.Completion.class),
            Combinators.combine(
                    durations(1_000, 2_592_000_000L),
                    Arbitraries.of(Secrets.generate(), Secrets.generate()).optional())
                .as(Map::entry))
        .as(
            (url, method, headers, body, timeout, success, completion, rest) ->
                new Target(
                    url,
                    method,
                    headers,
                    body,
                    timeout,
                    success,
                    completion,
                    rest.getKey(),
                    rest.getValue()));
  }

  private static Arbitrary<Map<String, String>> headers() {
    return Arbitraries.maps(
            Arbitraries.of("X-A", "x-b", "Accept"),
            Arbitraries.strings().withCharRange(' ', '~').withChars('\t'))
        .ofMaxSize(3);
  }

  private static Arbitrary<Target.Body> bodies() {
    return Arbitraries.oneOf(
        text().map(content -> new Target.Body(content, "text/plain; charset=utf-8")),
        Arbitraries.of("{}", "[1,2.50,1E400,null]", "{\"b\":{\"a\":\"\\u0001\"}}", "42", "true")
            .map(content -> new Target.Body(content, "application/json")));
  }

  private static Arbitrary<Guard> guards() {
    return durations(100, 1_800_000)
        .map(timeout -> new Guard(URI.create("http://127.0.0.1:9/"), timeout));
  }

  private static Arbitrary<RetryPolicy> retries() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 100),
            durations(0, 604_800_000).optional(),
            Arbitraries.doubles().between(1, 100).ofScale(3),
            durations(0, 604_800_000).optional(),
            Arbitraries.doubles().between(0, 1).ofScale(3))
        .as(RetryPolicy::new)
        .filter(policy -> policy.initialDelay().compareTo(policy.maxDelay()) <= 0)
        .edgeCases(edges -> edges.add(RetryPolicy.DEFAULT));
  }

  private static Arbitrary<ConcurrencyPolicy> limits() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 100),
            Arbitraries.of(ConcurrencyPolicy.OnLimit.class),
            Arbitraries.integers().between(0, 200))
        .as(ConcurrencyPolicy::new);
  }

  private static Arbitrary<MisfirePolicy> misfires() {
    return Combinators.combine(
            Arbitraries.of(MisfirePolicy.OnMisfire.class),
            intervals(),
            Arbitraries.integers().between(1, 200))
        .as(MisfirePolicy::new);
  }

  private static Arbitrary<List<String>> tags() {
    return Arbitraries.of("billing", "a:b", "C/d").list().uniqueElements().ofMaxSize(3);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(20)
        .filter(ArbitraryDefinitions::isWhole);
  }

  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> c <= 0xffff && Character.isSurrogate((char) c));
  }

  private static Arbitrary<Duration> intervals() {
    return durations(1_000, 10_000_000_000L);
  }

  private static Arbitrary<Duration> durations(long leastMillis, long mostMillis) {
    return Arbitraries.longs().between(leastMillis, mostMillis).map(Duration::ofMillis);
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(-50_000_000_000_000L, 200_000_000_000_000L)
        .map(Instant::ofEpochMilli);
  }

  private static Arbitrary<List<LocalTime>> times() {
    return Arbitraries.integers()
        .between(0, 86_399)
        .map(LocalTime::ofSecondOfDay)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  private static Arbitrary<NamedZone> zones() {
    return Arbitraries.of("UTC", "Europe/Paris", "America/New_York", "Asia/Kolkata", "EST", "GMT-0")
        .map(name -> ZoneNames.find(name).orElseThrow());
  }

  private static Arbitrary<DstPolicy> clockChanges() {
    return Combinators.combine(
            Arbitraries.of(DstPolicy.Gap.class).optional(),
            Arbitraries.of(DstPolicy.Overlap.class).optional())
        .as(DstPolicy::new);
  }
}
